/** Days with spend that are needed before a day can be called unusual. */
export const activeDaysMin = 7;
export const bandDays = 28;

/**
 * Above how much a day's spend is far outside of what past days were: their median plus so many robust
 * deviations (1.4826 times the median distance from the median, as much as a standard deviation where spend
 * is normal), and a deviation is taken to be at least a tenth of the median, so that a very even past does
 * not make every small change an alarm. Days without spend are left out. Null before seven active days.
 */
export function upperBand(days: readonly bigint[], deviations: number): bigint | null {
  const active = days.filter((spent) => spent > 0n);
  if (active.length < activeDaysMin) return null;
  const middle = median(active);
  const distance = median(active.map((spent) => (spent > middle ? spent - middle : middle - spent)));
  const robust = (distance * 14_826n) / 10_000n;
  const least = middle / 10n;
  const deviation = robust > least ? robust : least;
  return middle + (deviation * BigInt(Math.round(deviations * 1_000))) / 1_000n;
}

function median(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0n;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0n;
  return (lower + upper) / 2n;
}
