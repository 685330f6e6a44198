import { SeriesMark } from '#components/ui/series-mark.tsx';
import type { StackBar, StackSeries } from '#lib/charts/prepare-spend-stack.ts';
import { countOf } from '#lib/format/count-of.ts';
import { formatCount } from '#lib/format/format-count.ts';

type SpendStackTipProps = {
  readonly bar: StackBar;
  readonly series: readonly StackSeries[];
  /** On which side of the bar there is room. */
  readonly side: 'left' | 'right';
  /** The middle of the bar, 0 to 1. */
  readonly offset: number;
};

/** The exact amounts of the bar under the pointer. */
export function SpendStackTip({ bar, series, side, offset }: SpendStackTipProps) {
  const shown = series.flatMap((one, slot) =>
    (bar.tops[slot] ?? 0) > (bar.tops[slot - 1] ?? 0) ? [{ ...one, slot }] : [],
  );
  return (
    <div
      // The place under the pointer is known to nobody else.
      style={side === 'right' ? { left: `${offset * 100}%` } : { right: `${(1 - offset) * 100}%` }}
      className="pointer-events-none absolute top-0 z-10 mx-3 max-w-72 rounded-md border border-hairline-strong bg-raised px-2.5 py-1.5 text-xs text-ink shadow-md"
    >
      <div className="font-medium">
        {bar.label}
        {bar.isUnfinished ? ', not over' : ''}
      </div>
      <div className="flex justify-between gap-6 text-muted">
        <span>{countOf(bar.calls, 'call')}</span>
        <span className="text-ink">{bar.exactTotal}</span>
      </div>
      {shown.toReversed().map(({ name, color, slot }) => (
        <div key={name} className="flex items-center gap-2">
          <SeriesMark color={color} />
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="pl-4">{bar.exact[slot]}</span>
        </div>
      ))}
      {bar.unpricedTokens === 0 ? null : (
        <div className="text-muted">{formatCount(bar.unpricedTokens)} tokens without a price</div>
      )}
    </div>
  );
}
