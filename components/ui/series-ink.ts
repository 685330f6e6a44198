const inks = [
  'text-series-1',
  'text-series-2',
  'text-series-3',
  'text-series-4',
  'text-series-5',
  'text-series-6',
  'text-series-7',
  'text-series-8',
  'text-series-9',
  'text-series-10',
  'text-series-11',
  'text-series-12',
  'text-series-13',
  'text-series-14',
] as const;

/** The class that sets the current colour to that of a series, 1 to 14; null is what others share. */
export function seriesInk(color: number | null): string {
  return color === null ? 'text-control' : (inks[color - 1] ?? inks[0]);
}
