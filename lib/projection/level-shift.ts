import type { Exposure } from './exposure-level.ts';

/** Only these youngest days are looked at, and none before there are so many. */
const daysMax = 21;
const daysMin = 10;
/** What remains of a day, or a weekday of next to nothing, says little of the level. */
const exposureMin = 0.3;
/** One day, however dear, counts for no more than so many deviations. */
const clip = 1.5;
const slack = 0.5;
/** Three dear days in a row are a shift. Chosen on other seeds than `bench:projection` prints. */
const alarm = 3;
const deviationMin = 0.1;
/** Of a normal distribution, in standard deviations. */
const interquartileRange = 1.35;

/**
 * How many times the level the days since a step have been: two-sided CUSUM over the youngest days' deviations
 * from the level, in robust standard deviations, each clipped. 1 without a step, with fewer than 10 days, and
 * where a quarter of the days have no spend at all. `residuals` are those of `dayResiduals`.
 */
export function levelShift(
  days: readonly Exposure[],
  { level, residuals }: { readonly level: number; readonly residuals: readonly number[] },
): number {
  if (days.length < daysMin || level === 0) return 1;
  const sorted = [...residuals].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 1;
  const [low, middle, high] = [at(0.25), at(0.5), at(0.75)];
  if (low === 0) return 1;
  const deviation = Math.max(deviationMin, (high - low) / interquartileRange);
  const recent = days.slice(-daysMax);
  const scores = recent.map(({ amount, exposure }) => {
    if (exposure < exposureMin) return null;
    return Math.max(-clip, Math.min(clip, (amount / (level * exposure) - middle) / deviation));
  });
  const [up, down] = [cusum(scores), cusum(scores.map((score) => score && -score))];
  const run = up.sum > down.sum ? up : down;
  return run.sum < alarm ? 1 : meanOf(recent.slice(run.from)) / level;
}

/** The sum that stands at the end, and where it began to grow. */
function cusum(scores: readonly (number | null)[]): { readonly sum: number; readonly from: number } {
  let sum = 0;
  let from = 0;
  for (const [index, score] of scores.entries()) {
    if (score === null) continue;
    if (sum === 0) from = index;
    sum = Math.max(0, sum + score - slack);
  }
  return { sum, from };
}

function meanOf(days: readonly Exposure[]): number {
  let amounts = 0;
  let exposures = 0;
  for (const { amount, exposure } of days) {
    amounts += amount;
    exposures += exposure;
  }
  return amounts / exposures;
}
