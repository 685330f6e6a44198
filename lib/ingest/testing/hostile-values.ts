import fc from 'fast-check';

/** Values on which a check by hand could differ from its schema. */
export const hostileValues = fc.constantFrom<unknown>(
  null,
  undefined,
  true,
  '',
  ' ',
  'x'.repeat(201),
  'é'.repeat(150),
  'a\u0000b',
  'a\nb',
  '\ud800',
  -1,
  -0,
  0.5,
  2 ** 53,
  2 ** 53 - 1,
  Number.POSITIVE_INFINITY,
  Number.NaN,
  1_000_000,
  1_000_000.01,
  '1000000.000000000001',
  '1e5',
  '0.1234567890123',
  '-1',
  '01',
  '2026-02-30T00:00:00Z',
  '2026-11-21 06:47:00Z',
  '2026-11-21T06:47:00',
  '2026-11-21T06:47:00+05:30',
  [],
  [1],
  {},
  { '5m': 1 },
  { '5m': -1 },
  { '5m': null, '1h': 3 },
  { '2h': 1 },
  { a: { b: { c: { d: { e: { f: { g: { h: { i: 1 } } } } } } } } },
  { a: 2 ** 60 },
  { a: '\u0000' },
  { a: Number.POSITIVE_INFINITY },
  JSON.parse('{"__proto__": 1}'),
  JSON.parse('{"a": {"constructor": 1}}'),
  Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${index}`, 1])),
  { a: 'x'.repeat(20_000) },
  'direct',
  'keep',
  'developer',
  'summary',
  'queue',
  [{ type: 'text', text: 'a\u0000b \ud800' }],
  [{ type: 1 }],
  [{ type: 'image', size: 2 ** 60 }],
  [{ type: 'image', sizes: [Number.POSITIVE_INFINITY] }],
  [null],
  [JSON.parse('{"type": "text", "__proto__": 1}')],
  Array.from({ length: 1_001 }, () => ({ type: 'text' })),
  2_592_000_000,
  2_592_000_001,
  'nonsense',
);

/** An event of which up to three members are something else. */
export function mutate(
  valid: fc.Arbitrary<object>,
  fields: readonly string[],
): fc.Arbitrary<Record<string, unknown>> {
  const names = fc.constantFrom(...fields, 'inputToken', '__proto__', 'toString');
  return fc
    .tuple(valid, fc.array(fc.tuple(names, hostileValues), { minLength: 0, maxLength: 3 }))
    .map(([event, changes]) => {
      const copy: Record<string, unknown> = { ...event };
      for (const [name, value] of changes) {
        Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
      }
      return copy;
    });
}
