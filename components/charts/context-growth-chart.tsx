'use client';

import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { contextPartLook } from '#lib/charts/context-part-look.ts';
import type { ContextGrowth, GrowthPoint } from '#lib/charts/prepare-context-growth.ts';
import { tokensTickLabel } from '#lib/charts/tick-label.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatInstant } from '#lib/format/format-instant.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import { contextPartNames } from '#lib/sessions/context-parts.ts';
import { ChartTip } from './chart-tip.tsx';

type ContextGrowthChartProps = {
  readonly drawing: ContextGrowth;
  readonly modelWindow: number | null;
  /** What the picture says, for those who do not see it. */
  readonly label: string;
};

/** Draws context size by call, stacked by whose tokens they are. All decisions are in `prepareContextGrowth`. */
export function ContextGrowthChart({ drawing, modelWindow, label }: ContextGrowthChartProps) {
  return (
    <div role="img" aria-label={label} className="h-full">
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart
          data={drawing.drawn}
          margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--hairline)" />
          <XAxis
            dataKey="x"
            type="number"
            domain={[0, Math.max(1, drawing.callsTotal)]}
            allowDecimals={false}
            tickLine={false}
            axisLine={{ stroke: 'var(--hairline-strong)' }}
            tickFormatter={(call: number) => formatCount(call)}
            minTickGap={24}
          />
          <YAxis
            width={56}
            domain={[0, drawing.axisMax]}
            ticks={drawing.axisTicks}
            tickLine={false}
            axisLine={false}
            tickFormatter={tokensTickLabel}
          />
          <Tooltip cursor={{ stroke: 'var(--control)' }} isAnimationActive={false} content={<CallTip />} />
          {contextPartNames.map((part) => (
            <Area
              key={part}
              dataKey={(point: GrowthPoint) => point.stack[part]}
              stackId="context"
              type="stepBefore"
              stroke="none"
              fill={contextPartLook[part].color}
              fillOpacity={0.72}
              isAnimationActive={false}
            />
          ))}
          <Area
            dataKey={(point: GrowthPoint) => point.stack.whole}
            stackId="context"
            type="stepBefore"
            stroke="none"
            fill="var(--load)"
            fillOpacity={0.45}
            isAnimationActive={false}
          />
          {drawing.breaks.map((call) => (
            <ReferenceLine
              key={call}
              x={call}
              stroke="var(--ink)"
              strokeDasharray="3 3"
              strokeOpacity={0.6}
            />
          ))}
          {modelWindow === null ? null : (
            <ReferenceLine y={modelWindow} stroke="var(--ink)" strokeWidth={1.5} />
          )}
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}

type CallTipProps = {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: GrowthPoint }[];
};

function CallTip({ active = false, payload = [] }: CallTipProps) {
  const point = payload[0]?.payload;
  if (!active || point === undefined) return null;
  return (
    <ChartTip
      title={nameCalls(point)}
      lines={[
        `${formatCount(point.contextTokens)} tokens`,
        ...partLines(point),
        ...(point.compacted ? ['A new history began here.'] : []),
        formatInstant({ atMs: Date.parse(point.ts) }),
      ]}
    />
  );
}

function partLines({ stack, contextTokens }: GrowthPoint): readonly string[] {
  if (stack.whole === contextTokens) return [];
  return contextPartNames.map((part) => `${contextPartLook[part].label}: about ${formatTokens(stack[part])}`);
}

function nameCalls({ call, calls }: GrowthPoint): string {
  return calls === 1
    ? `Call ${formatCount(call)}`
    : `Calls ${formatCount(call - calls + 1)} to ${formatCount(call)}, the largest`;
}
