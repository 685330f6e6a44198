import fc from 'fast-check';
import { expect, it } from 'vitest';
import { barsMax, chartBuckets, chooseBucket } from './chart-bucket.ts';

const hourMs = 3_600_000;
const longestMs = {
  '15m': hourMs / 4,
  hour: hourMs,
  day: 23 * hourMs,
  week: 167 * hourMs,
  month: 671 * hourMs,
};

it.each([
  [1, '15m'],
  [24, 'hour'],
  [30 * 24, 'day'],
  [365 * 24, 'week'],
  [5 * 365 * 24, 'month'],
] as const)('draws %d hours by %s', (hours, bucket) => {
  expect(chooseBucket({ spanMs: hours * hourMs, asked: null })).toBe(bucket);
});

it('draws as finely as asked for, but never more bars than a screen shows', () => {
  expect(chooseBucket({ spanMs: 7 * 24 * hourMs, asked: 'hour' })).toBe('hour');
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 * 365 * 24 * hourMs }),
      fc.option(fc.constantFrom(...chartBuckets)),
      (spanMs, asked) => {
        expect(spanMs / longestMs[chooseBucket({ spanMs, asked })]).toBeLessThan(barsMax);
      },
    ),
  );
});
