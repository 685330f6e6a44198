import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, findFreeJsonFault } from './free-json.ts';

const limits = { keysMax: 64, depthMax: 8, bytesMax: 400 } as const;
const values = fc.dictionary(fc.string({ unit: 'binary', maxLength: 6 }), fc.jsonValue({ maxDepth: 4 }), {
  maxKeys: 12,
});

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

function hasSortedKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  // Keys that are whole numbers come first in an object, whatever its text says.
  const named = keys.filter((key) => !/^\d+$/.test(key));
  return (
    named.every((key, at) => at === 0 || (named[at - 1] ?? '') < key) &&
    Object.values(value).every(hasSortedKeys)
  );
}

test('the sorted form says the same value, in one order, whatever order came', () => {
  fc.assert(
    fc.property(values, (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(shuffled(value))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(hasSortedKeys(JSON.parse(text))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('keys that are numbers are sorted as text like all others', () => {
  expect(canonicalJson({ b: 1, 10: 1, 9: 1 })).toBe('{"10":1,"9":1,"b":1}');
});

test('what is taken fits the limit, and what is refused for its size does not', () => {
  fc.assert(
    fc.property(values, (value) => {
      const fault = findFreeJsonFault(value, limits);
      const isTooLong = Buffer.byteLength(JSON.stringify(value), 'utf8') > limits.bytesMax;
      if (fault === null) expect(isTooLong).toBe(false);
      if (fault?.startsWith('at most 400 bytes')) expect(isTooLong).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['plain letters', 'x', 392],
  ['control characters, six bytes each', '\u0001', 65],
  ['characters of three bytes', '\u20ac', 130],
])('the limit holds to the byte for %s', (_, unit, fits) => {
  const take = (count: number) => findFreeJsonFault({ a: unit.repeat(count) }, limits);
  expect(take(fits)).toBeNull();
  expect(take(fits + 1)).toBe('at most 400 bytes of JSON');
});
