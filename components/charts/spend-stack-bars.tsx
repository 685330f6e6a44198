import { seriesInk } from '#components/ui/series-ink.ts';
import { barPath } from '#lib/charts/bar-path.ts';
import type { SpendStackDrawing, StackBar } from '#lib/charts/prepare-spend-stack.ts';

type SpendStackBarsProps = {
  readonly drawing: SpendStackDrawing;
  readonly hovered: number | null;
  readonly selected: { readonly first: number; readonly last: number } | null;
};

/** The plot itself: grid, the bars of each series as one path, those that are not over paled, and the selection. */
export function SpendStackBars({ drawing, hovered, selected }: SpendStackBarsProps) {
  const { bars, series, axisTicks, axisMax } = drawing;
  const gap = bars.length > 160 ? 0 : bars.length > 60 ? 0.12 : 0.24;
  const marked = selected ?? (hovered === null ? null : { first: hovered, last: hovered });
  const place = (bar: StackBar, index: number, slot: number) => ({
    index,
    from: slot === 0 ? 0 : (bar.tops[slot - 1] ?? 0),
    to: bar.tops[slot] ?? 0,
  });
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${Math.max(1, bars.length)} 1000`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full"
    >
      {axisTicks.map(({ value }) => (
        <line
          key={value}
          x1="0"
          x2={bars.length}
          y1={(1 - value / axisMax) * 1000}
          y2={(1 - value / axisMax) * 1000}
          vectorEffect="non-scaling-stroke"
          className={value === 0 ? 'stroke-hairline-strong' : 'stroke-hairline'}
        />
      ))}
      {marked === null ? null : (
        <rect
          x={marked.first}
          width={marked.last - marked.first + 1}
          y="0"
          height="1000"
          className={selected === null ? 'fill-sunk' : 'fill-accent-quiet'}
        />
      )}
      {series.map(({ name, color }, slot) => {
        const places = bars.map((bar, index) => ({ ...place(bar, index, slot), bar }));
        const finished = places.filter(({ bar }) => !bar.isUnfinished);
        const unfinished = places.filter(({ bar }) => bar.isUnfinished);
        return (
          <g key={name} className={`fill-current ${seriesInk(color)}`}>
            <path d={barPath({ bars: finished, axisMax, gap })} />
            <path d={barPath({ bars: unfinished, axisMax, gap })} opacity="0.45" />
          </g>
        );
      })}
    </svg>
  );
}
