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

/** The colour that a name has on every page. The name stands beside it. */
export function SeriesMark({ name }: { readonly name: string }) {
  const fill = fills[seriesNumber(name) - 1] ?? fills[0];
  return <span aria-hidden="true" className={`inline-block size-2 shrink-0 rounded-sm ${fill}`} />;
}
