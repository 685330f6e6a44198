const format = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number with thousands separated: 54,691. */
export function formatCount(count: number): string {
  return format.format(count);
}
