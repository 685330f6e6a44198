import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** The rows of a range and one more, wherever it is; -1 adds none. */
export function rangeWith(range: Range, index: number): number[] {
  const rows = defaultRangeExtractor(range);
  const first = rows[0] ?? 0;
  const last = rows[rows.length - 1] ?? -1;
  if (index < 0 || index >= range.count || (index >= first && index <= last)) return rows;
  return index < first ? [index, ...rows] : [...rows, index];
}
