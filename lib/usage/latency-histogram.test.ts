import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latencyBucket, latencyErrorMax, latencyOfBucket, latencyPercentile } from './latency-histogram.ts';

function histogramOf(latencies: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const latency of latencies) {
    const bucket = latencyBucket(latency);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return counts;
}

function exactPercentile(latencies: readonly number[], percent: number): number {
  const rank = Math.max(1, Math.ceil((percent * latencies.length) / 100));
  return [...latencies].sort((a, b) => a - b)[rank - 1] ?? Number.NaN;
}

test('the error is at most 5 %', () => {
  expect(latencyErrorMax).toBeLessThan(0.05);
});

test.each([
  [-5, 0],
  [0, 0],
  [0.4, 0],
  [1, 0],
  [1.0001, 1],
  [1.1, 1],
  [2, 8],
  [1_000, 73],
  [3_600_000, 159],
  [2 ** 53, 386],
])('%d ms is in bucket %i', (latencyMs, bucket) => {
  expect(latencyBucket(latencyMs)).toBe(bucket);
});

test('anything up to a millisecond is read as 1 ms', () => {
  expect(latencyOfBucket(0)).toBe(1);
  expect(latencyPercentile(histogramOf([0, 0, 1]), 0.99)).toBe(1);
});

test('a latency is read back within the bound', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 2 ** 53, noNaN: true }), (latencyMs) => {
      const error = Math.abs(latencyOfBucket(latencyBucket(latencyMs)) - latencyMs) / latencyMs;
      expect(error).toBeLessThanOrEqual(latencyErrorMax + 1e-9);
    }),
    { numRuns: 5_000 },
  );
});

test('every percentile is within the bound of the exact one by nearest rank', () => {
  const latency = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 600_000 }));
  fc.assert(
    fc.property(
      fc.array(latency, { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 0, max: 100 }),
      (all, percent) => {
        const exact = exactPercentile(all, percent);
        const read = latencyPercentile(histogramOf(all), percent / 100) ?? Number.NaN;
        expect(Math.abs(read - exact) / exact).toBeLessThanOrEqual(latencyErrorMax + 1e-9);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('merged histograms answer for all their latencies, in whatever order', () => {
  const one = [3, 5, 800, 20_000];
  const two = [1, 5, 90_000];
  const pairs = [...histogramOf(two), ...histogramOf(one)];
  expect(latencyPercentile(pairs, 0.5)).toBe(latencyPercentile(histogramOf([...one, ...two]), 0.5));
  expect(latencyPercentile(pairs.reverse(), 1)).toBe(latencyOfBucket(latencyBucket(90_000)));
});

test('nothing measured has no percentile', () => {
  expect(latencyPercentile(new Map(), 0.5)).toBeNull();
  expect(latencyPercentile([[4, 0]], 0.5)).toBeNull();
});
