import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usageInput } from '#lib/usage/usage-event.ts';
import { isUsageInput } from './is-usage-input.ts';

const names = fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.constant('claude-opus-4-1'));
const counts = fc.nat();
const valid = fc.record(
  {
    type: fc.constant('usage'),
    id: fc.uuid(),
    ts: fc.constant('2026-11-21T06:47:00.123Z'),
    agent: fc.constant('coder'),
    provider: fc.constant('anthropic'),
    model: fc.constant('claude-opus-4-1'),
    inputTokens: counts,
    outputTokens: counts,
    session: fc.option(names),
    source: fc.constantFrom('direct', 'cron', null),
    requestedModel: names,
    cacheReadTokens: counts,
    cacheWriteTokens: fc.oneof(counts, fc.record({ '5m': counts, '1h': counts }, { requiredKeys: [] })),
    reasoningTokens: counts,
    inputIncludesCache: fc.boolean(),
    costUsd: fc.constantFrom('0.0123', 0.5, null),
    latencyMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
    status: fc.constantFrom('ok', 'error', 'aborted'),
    error: fc.string(),
    attributes: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }),
    onConflict: fc.constantFrom('keep', 'max'),
  },
  {
    requiredKeys: ['type', 'id', 'ts', 'agent', 'provider', 'model', 'inputTokens', 'outputTokens'],
  },
);

const hostile = fc.constantFrom<unknown>(
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
  'nonsense',
);

const fieldNames = fc.constantFrom(...Object.keys(usageInput.shape), 'inputToken', '__proto__', 'toString');

const mutated = fc
  .tuple(valid, fc.array(fc.tuple(fieldNames, hostile), { minLength: 0, maxLength: 3 }))
  .map(([event, changes]) => {
    const copy: Record<string, unknown> = { ...event };
    for (const [name, value] of changes) {
      Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
    }
    return copy;
  });

test('the quick check and the schema accept and refuse exactly the same events', () => {
  fc.assert(
    fc.property(mutated, (event) => {
      expect(isUsageInput(event)).toBe(usageInput.safeParse(event).success);
    }),
    { numRuns: 3_000 },
  );
});

test('both accept every valid event', () => {
  fc.assert(
    fc.property(valid, (event) => {
      const hasBadText = JSON.stringify(event).includes('\\u00') || !isWellFormed(event);
      fc.pre(!hasBadText);
      expect(isUsageInput(event)).toBe(usageInput.safeParse(event).success);
    }),
  );
});

test('both refuse what is not an object', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      fc.pre(typeof value !== 'object' || value === null || Array.isArray(value));
      expect(isUsageInput(value)).toBe(false);
      expect(usageInput.safeParse(value).success).toBe(false);
    }),
  );
});

function isWellFormed(value: unknown): boolean {
  return JSON.stringify(value).isWellFormed();
}
