import { seriesNumber } from '#lib/charts/series-number.ts';

const fills = [
  'bg-series-1',
  'bg-series-2',
  'bg-series-3',
  'bg-series-4',
  'bg-series-5',
  'bg-series-6',
  'bg-series-7',
] as const;

type SeriesMarkProps = {
  readonly name: string;
  /** Where a picture had to give it another (lib/charts/series-colors.ts); null for all others as one. */
  readonly color?: number | null;
};

/** The colour that a name has on every page. The name stands beside it. */
export function SeriesMark({ name, color = seriesNumber(name) }: SeriesMarkProps) {
  const fill = color === null ? 'bg-control' : (fills[color - 1] ?? fills[0]);
  return <span aria-hidden="true" className={`inline-block size-2 shrink-0 rounded-sm ${fill}`} />;
}
