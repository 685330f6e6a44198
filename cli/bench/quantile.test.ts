import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, quantile } from './quantile.ts';

test('a quantile is one of the values, with at least its share at or below it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, share) => {
        const value = quantile(values, share);
        expect(values).toContain(value);
        expect(values.filter((other) => other <= value).length).toBeGreaterThanOrEqual(
          share * values.length - 1e-9,
        );
      },
    ),
  );
});

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[10, 2, 100], 10],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('nothing has no quantile', () => {
  expect(() => quantile([], 0.5)).toThrow(RangeError);
});
