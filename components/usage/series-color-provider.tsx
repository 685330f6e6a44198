'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { seriesColor } from '#lib/charts/series-color.ts';
import { namesQuery } from '#lib/client/names-query.ts';
import type { Names } from '#lib/usage/names.ts';
import { SeriesColorContext } from './use-series-color.ts';

type SeriesColorProviderProps = {
  /** As they were when the page was made, so that nothing is drawn in a colour that changes a moment later. */
  readonly names: Names;
  readonly children: ReactNode;
};

/** Decides the colours of names for all that is below it. */
export function SeriesColorProvider({ names, children }: SeriesColorProviderProps) {
  const { data } = useQuery({ ...namesQuery, initialData: names });
  const colorOf = useMemo(() => seriesColor(data), [data]);
  return <SeriesColorContext value={colorOf}>{children}</SeriesColorContext>;
}
