/**
 * The value below which the given share of all values lies (nearest rank).
 * @param share 0 to 1; 0.5 is the median
 * @throws RangeError for no values
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('There is no quantile of nothing.');
  return value;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
