'use client';

import { useState } from 'react';
import type { SpendStackDrawing } from '#lib/charts/prepare-spend-stack.ts';
import { SpendStackBars } from './spend-stack-bars.tsx';
import { SpendStackTip } from './spend-stack-tip.tsx';
import { useBarSelection } from './use-bar-selection.ts';

type SpendStackChartProps = {
  readonly drawing: SpendStackDrawing;
  /** What the picture says, for those who do not see it. */
  readonly label: string;
  /** A click on a bar or a drag over several; null where nothing finer can be shown. */
  readonly onSelect: ((range: { readonly from: string; readonly to: string }) => void) | null;
};

/**
 * Draws a stack. Our own SVG: recharts is 107 kB packed, half of what the page may weigh, and a month by hour
 * is thousands of its elements where one path a series will do. Nothing is measured, so nothing moves.
 */
export function SpendStackChart({ drawing, label, onSelect }: SpendStackChartProps) {
  const { bars, axisTicks, axisMax } = drawing;
  const [hovered, setHovered] = useState<number | null>(null);
  const selection = useBarSelection({
    count: bars.length,
    onHover: setHovered,
    onSelect: (first, last) => {
      const from = bars[first]?.start;
      const to = bars[last]?.end;
      if (from !== undefined && to !== undefined) onSelect?.({ from, to });
    },
  });
  const isCut = (index: number) => index === 0 && bars.length > 12;
  const bar = hovered === null ? undefined : bars[hovered];
  return (
    <div className="mt-1.5 grid h-60 grid-cols-[52px_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_20px]">
      <svg aria-hidden="true" className="size-full overflow-visible fill-faint text-xs">
        {axisTicks.map(({ value, label: text }) => (
          <text key={value} x="44" y={`${(1 - value / axisMax) * 100}%`} dy="4" textAnchor="end">
            {text}
          </text>
        ))}
      </svg>
      <div
        role="img"
        aria-label={label}
        className={`relative touch-pan-y select-none ${onSelect === null ? '' : 'cursor-crosshair'}`}
        {...selection.handlers}
      >
        <SpendStackBars drawing={drawing} hovered={hovered} selected={selection.selected} />
        {bar === undefined || hovered === null ? null : (
          <SpendStackTip
            bar={bar}
            series={drawing.series}
            side={hovered * 2 < bars.length ? 'right' : 'left'}
            offset={(hovered + 0.5) / bars.length}
          />
        )}
      </div>
      <svg aria-hidden="true" className="col-start-2 size-full overflow-visible fill-faint text-xs">
        {drawing.labels.map(({ index, text }, place) => (
          <text
            key={index}
            // The first one begins with the plot, where its half would stand outside.
            x={isCut(index) ? 0 : `${((index + 0.5) / bars.length) * 100}%`}
            y="16"
            textAnchor={isCut(index) ? 'start' : 'middle'}
            // At phone width there is room for every other one.
            className={place % 2 === 1 ? 'max-md:hidden' : undefined}
          >
            {text}
          </text>
        ))}
      </svg>
    </div>
  );
}
