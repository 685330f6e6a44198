'use client';

import { SeriesMark } from '#components/ui/series-mark.tsx';
import type { SeriesName } from '#lib/charts/series-color.ts';
import { useSeriesColor } from './use-series-color.ts';

/** The colour that a model, an agent, a source or a provider has on every page. The name stands beside it. */
export function NameMark(series: SeriesName) {
  return <SeriesMark color={useSeriesColor()(series)} />;
}
