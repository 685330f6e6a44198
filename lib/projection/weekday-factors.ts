/** A factor is drawn towards 1 as if this many weeks with no difference between weekdays had been seen. */
export const pseudoWeeks = 3;

export type DaySeries = {
  /** Spend of each complete local day, oldest first; a day without calls is 0. */
  readonly amounts: readonly number[];
  /** 0 = Monday to 6 = Sunday, one for each amount. */
  readonly weekdays: readonly number[];
};

/**
 * How much of an average day each weekday takes, Monday first; their mean is 1. With n days of that weekday
 * that sum to s, and m the mean of all days: f = (K + s / m) / (K + n), with K = 3 (`pseudoWeeks`). So
 * without history every factor is 1, and a factor is never 0.
 */
export function weekdayFactors({ amounts, weekdays }: DaySeries): readonly number[] {
  const sums = new Array<number>(7).fill(0);
  const days = new Array<number>(7).fill(0);
  let total = 0;
  for (const [index, amount] of amounts.entries()) {
    const weekday = weekdays[index] ?? 0;
    sums[weekday] = (sums[weekday] ?? 0) + amount;
    days[weekday] = (days[weekday] ?? 0) + 1;
    total += amount;
  }
  if (total === 0) return new Array<number>(7).fill(1);
  const mean = total / amounts.length;
  const factors = sums.map(
    (sum, weekday) => (pseudoWeeks + sum / mean) / (pseudoWeeks + (days[weekday] ?? 0)),
  );
  const meanFactor = factors.reduce((sum, factor) => sum + factor, 0) / 7;
  return factors.map((factor) => factor / meanFactor);
}
