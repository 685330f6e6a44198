/**
 * Latencies in logarithmic buckets that add up: bucket i holds (gamma^(i-1), gamma^i] ms, bucket 0 holds 0 to
 * 1 ms. A bucket is read as 2 gamma^i / (gamma + 1), which is off by at most (gamma - 1) / (gamma + 1) = 4.77 %
 * of any latency in it; bucket 0 is read as 1 ms. (DDSketch: Masson, Rim and Lee, VLDB 2019.)
 */
export const latencyGamma = 1.1;
export const latencyErrorMax = (latencyGamma - 1) / (latencyGamma + 1);

const logGamma = Math.log(latencyGamma);

/** Bucket index to count; counts are non-negative integers, and two histograms are merged by adding them. */
export type LatencyHistogram = Iterable<readonly [bucket: number, count: number]>;

/** The bucket of a latency in ms: 0 for anything up to 1 ms (and below 0), 386 for 2^53. */
export function latencyBucket(latencyMs: number): number {
  return Math.ceil(Math.log(Math.max(latencyMs, 1)) / logGamma);
}

/** The latency in ms that stands for a bucket. */
export function latencyOfBucket(bucket: number): number {
  return bucket <= 0 ? 1 : (2 * latencyGamma ** bucket) / (latencyGamma + 1);
}

/**
 * The nearest-rank percentile in ms (0.5 = median), within `latencyErrorMax` of the exact one for latencies
 * above 1 ms, or null when nothing was measured. `quantile` is from 0 (the smallest) to 1. Buckets may come in
 * any order and more than once.
 */
export function latencyPercentile(histogram: LatencyHistogram, quantile: number): number | null {
  return latencyPercentiles(histogram, [quantile])[0] ?? null;
}

/** Several percentiles of one histogram, in the order of `quantiles`: it is sorted once. */
export function latencyPercentiles(
  histogram: LatencyHistogram,
  quantiles: readonly number[],
): readonly (number | null)[] {
  const buckets = [...histogram].sort(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  return quantiles.map((quantile) => {
    if (total === 0) return null;
    // 0.07 * 100 is 7.000000000000001: without the slack its rank would be 8.
    let remaining = Math.max(1, Math.ceil(quantile * total * (1 - 1e-12)));
    for (const [bucket, count] of buckets) {
      remaining -= count;
      if (remaining <= 0) return latencyOfBucket(bucket);
    }
    return latencyOfBucket(buckets.at(-1)?.[0] ?? 0);
  });
}

/** Decimal digits of one bucket in a histogram that is written as one number; a trillion calls fit. */
export const latencyLaneDigits = 12;

/**
 * Reads a histogram that the database keeps as one number: twelve digits a bucket, bucket 0 lowest. Such
 * numbers add up like the histograms that they stand for.
 */
export function parseLatencyLanes(digits: string): readonly (readonly [bucket: number, count: number])[] {
  const pairs: [number, number][] = [];
  for (let end = digits.length, bucket = 0; end > 0; end -= latencyLaneDigits, bucket++) {
    const count = Number(digits.slice(Math.max(0, end - latencyLaneDigits), end));
    if (count !== 0) pairs.push([bucket, count]);
  }
  return pairs;
}
