'use client';

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { DailySpendBar } from '#lib/charts/prepare-daily-spend.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import { ChartTip } from './chart-tip.tsx';

type DailySpendChartProps = {
  readonly bars: readonly DailySpendBar[];
  /** What the picture says, for those who do not see it. */
  readonly label: string;
};

/** Draws bars of spend. All decisions are in `prepareDailySpend`. */
export function DailySpendChart({ bars, label }: DailySpendChartProps) {
  return (
    <div role="img" aria-label={label} className="h-full">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={bars} margin={{ top: 8, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--hairline)" />
          <XAxis
            dataKey="label"
            tickLine={false}
            axisLine={{ stroke: 'var(--hairline-strong)' }}
            minTickGap={24}
          />
          <YAxis
            width={56}
            tickLine={false}
            axisLine={false}
            tickFormatter={(usd: number) => formatUsd(usd.toFixed(12))}
          />
          <Tooltip cursor={{ fill: 'var(--sunk)' }} isAnimationActive={false} content={<DayTip />} />
          <Bar dataKey="costUsd" isAnimationActive={false} maxBarSize={28} shape={<DayBar />} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

type DayBarProps = {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly payload?: DailySpendBar;
};

function DayBar({ x = 0, y = 0, width = 0, height = 0, payload }: DayBarProps) {
  const opacity = payload?.isUnfinished === true ? 0.45 : 1;
  return (
    <rect x={x} y={y} width={width} height={Math.max(0, height)} fill="var(--accent)" opacity={opacity} />
  );
}

type DayTipProps = {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: DailySpendBar }[];
};

function DayTip({ active = false, payload = [] }: DayTipProps) {
  const bar = payload[0]?.payload;
  if (!active || bar === undefined) return null;
  return (
    <ChartTip
      title={bar.isUnfinished ? `${bar.label}, not over` : bar.label}
      lines={[formatUsd(bar.exactUsd), `${formatCount(bar.calls)} calls`]}
    />
  );
}
