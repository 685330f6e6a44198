'use client';

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { BurnPoint, SpendBurn } from '#lib/charts/prepare-spend-projection.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import { ChartTip } from './chart-tip.tsx';

type SpendProjectionChartProps = {
  readonly burn: SpendBurn;
  readonly timeZone: string;
  /** What the picture says, for those who do not see it. */
  readonly label: string;
};

/** Draws spend so far, dashed where it is heading, and its band. All decisions are in `prepareSpendProjection`. */
export function SpendProjectionChart({ burn, timeZone, label }: SpendProjectionChartProps) {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone });
  const now = burn.points.findLast(({ spentUsd }) => spentUsd !== null);
  return (
    <div role="img" aria-label={label} className="h-full">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={burn.points}
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--hairline)" />
          <XAxis
            dataKey="atMs"
            type="number"
            domain={[burn.axisFromMs, burn.axisToMs]}
            ticks={burn.dayTicksMs}
            tickFormatter={(atMs: number) => day.format(atMs)}
            tickLine={false}
            axisLine={{ stroke: 'var(--hairline-strong)' }}
            minTickGap={24}
          />
          <YAxis
            width={56}
            domain={[0, burn.axisMaxUsd]}
            ticks={burn.axisTicksUsd}
            tickLine={false}
            axisLine={false}
            tickFormatter={(usd: number) => formatUsd(usd.toFixed(12))}
          />
          <Tooltip cursor={{ stroke: 'var(--control)' }} isAnimationActive={false} content={<BurnTip />} />
          <Area
            dataKey="bandUsd"
            type="linear"
            stroke="none"
            fill="var(--load)"
            fillOpacity={0.28}
            activeDot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="p50Usd"
            type="linear"
            stroke="var(--accent)"
            strokeWidth={1.5}
            strokeDasharray="5 4"
            dot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="spentUsd"
            type="linear"
            stroke="var(--accent)"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
          {now === undefined ? null : <ReferenceLine x={now.atMs} stroke="var(--hairline-strong)" />}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

type BurnTipProps = {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: BurnPoint }[];
};

function BurnTip({ active = false, payload = [] }: BurnTipProps) {
  const point = payload[0]?.payload;
  if (!active || point === undefined) return null;
  return <ChartTip title={point.title} lines={point.lines} />;
}
