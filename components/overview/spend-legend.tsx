import { SeriesMark } from '#components/ui/series-mark.tsx';
import type { StackSeries } from '#lib/charts/prepare-spend-stack.ts';

/** Which colour is whose, in the order of the stack from below. */
export function SpendLegend({ series }: { readonly series: readonly StackSeries[] }) {
  return (
    <ul aria-label="Legend" className="flex min-w-0 flex-wrap gap-x-4 gap-y-0.5 py-1 text-xs text-muted">
      {series.map(({ name, color }) => (
        <li key={name} className="flex min-w-0 items-center gap-1.5">
          <SeriesMark color={color} />
          <span className="truncate">{name}</span>
        </li>
      ))}
    </ul>
  );
}
