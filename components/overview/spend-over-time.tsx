'use client';

import { useState } from 'react';
import { SpendStackChart } from '#components/charts/spend-stack-chart.tsx';
import { Button } from '#components/ui/button.tsx';
import { Section } from '#components/ui/section.tsx';
import { Segments } from '#components/ui/segments.tsx';
import { useSeriesColor } from '#components/usage/use-series-color.ts';
import {
  prepareSpendStack,
  type SpendStackDrawing,
  type StackMetric,
} from '#lib/charts/prepare-spend-stack.ts';
import type { Overview } from '#lib/overview/overview.ts';
import type { UsageDimension } from '#lib/usage/rollup-scope.ts';
import { SpendLegend } from './spend-legend.tsx';
import { SpendStackTable } from './spend-stack-table.tsx';

const dimensions = [
  { value: 'model', label: 'Model' },
  { value: 'agent', label: 'Agent' },
  { value: 'source', label: 'Source' },
  { value: 'provider', label: 'Provider' },
] as const satisfies readonly { value: UsageDimension; label: string }[];

const metrics = [
  { value: 'spend', label: 'Spend' },
  { value: 'tokens', label: 'Tokens' },
] as const satisfies readonly { value: StackMetric; label: string }[];

const bucketWords = {
  '15m': 'quarter hour',
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
} as const;

type SpendOverTimeProps = {
  readonly overview: Overview;
  readonly by: UsageDimension;
  readonly metric: StackMetric;
  readonly onByChange: (by: UsageDimension) => void;
  readonly onMetricChange: (metric: StackMetric) => void;
  readonly onNarrow: (range: { readonly from: string; readonly to: string }) => void;
};

/** When it was spent, and on what: the picture, its legend, and the same as a table. */
export function SpendOverTime(props: SpendOverTimeProps) {
  const { overview, by, metric, onByChange, onMetricChange, onNarrow } = props;
  const [isTable, setTable] = useState(false);
  const { chart, range, asOf } = overview;
  const { timeZone, to } = range;
  const colorOf = useSeriesColor();
  const drawing = prepareSpendStack({ chart, metric, colorOf, timeZone, to, asOf, labelsMax: 10 });
  const narrow = chart.bucket === '15m' ? null : onNarrow;
  const sentence = describeStack(drawing);
  const title = `${metric === 'spend' ? 'Spend' : 'Tokens'} by ${bucketWords[chart.bucket]}`;
  return (
    <Section
      isDense
      title={title}
      note={sentence}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Segments isLow label="Measure" value={metric} options={metrics} onValueChange={onMetricChange} />
          <Segments isLow label="Stacked by" value={by} options={dimensions} onValueChange={onByChange} />
        </div>
      }
    >
      <SpendStackChart drawing={drawing} label={`${title}. ${sentence}`} onSelect={narrow} />
      <div className="flex items-start justify-between gap-x-6 max-md:flex-col">
        <SpendLegend series={drawing.series} />
        <span className="-mr-2 max-md:-ml-2">
          <Button tone="bare" size="small" aria-expanded={isTable} onClick={() => setTable(!isTable)}>
            {isTable ? 'Hide the table' : 'Show as a table'}
          </Button>
        </span>
      </div>
      {isTable ? <SpendStackTable drawing={drawing} title={title} onNarrow={narrow} /> : null}
    </Section>
  );
}

function describeStack({ bars }: SpendStackDrawing): string {
  const highest = bars.reduce((most, bar) => (bar.total > (most?.total ?? 0) ? bar : most), bars[0]);
  if (highest === undefined || highest.total === 0) return 'Nothing in this range.';
  const unpriced = bars.some(({ unpricedTokens }) => unpricedTokens > 0)
    ? ' Some tokens have no price and no height.'
    : '';
  return `Most: ${highest.label}.${unpriced}`;
}
