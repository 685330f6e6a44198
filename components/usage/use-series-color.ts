'use client';

import { createContext, useContext } from 'react';
import { type SeriesColor, seriesColor } from '#lib/charts/series-color.ts';

/** Outside the provider names have the colours of their letters. */
export const SeriesColorContext = createContext<SeriesColor>(
  seriesColor({ agents: [], models: [], providers: [] }),
);

/** Which colour a name has, the same on every page. */
export function useSeriesColor(): SeriesColor {
  return useContext(SeriesColorContext);
}
