import { Cell, HeaderCell, Table } from '#components/ui/table.tsx';
import type { SpendStackDrawing } from '#lib/charts/prepare-spend-stack.ts';
import { formatCount } from '#lib/format/format-count.ts';

type SpendStackTableProps = {
  readonly drawing: SpendStackDrawing;
  readonly title: string;
  readonly onNarrow: ((range: { readonly from: string; readonly to: string }) => void) | null;
};

/** The chart in exact figures, latest first, for the keyboard and for those who do not see it. */
export function SpendStackTable({ drawing, title, onNarrow }: SpendStackTableProps) {
  const bars = drawing.bars.filter(({ calls }) => calls > 0).toReversed();
  if (bars.length === 0) return <p className="text-muted">No calls in this range.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section className="max-h-96 overflow-auto" aria-label={`${title}, as a table`} tabIndex={0}>
      <Table label={title}>
        <thead>
          <tr>
            <HeaderCell>When</HeaderCell>
            {drawing.series.map(({ name }) => (
              <HeaderCell key={name} align="end" isWide>
                {name}
              </HeaderCell>
            ))}
            <HeaderCell align="end">Calls</HeaderCell>
            <HeaderCell align="end">All</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.start}>
              <th
                scope="row"
                className="border-b border-hairline py-1.5 text-left font-normal whitespace-nowrap"
              >
                {onNarrow === null ? (
                  bar.label
                ) : (
                  <button
                    type="button"
                    className="text-accent hover:underline"
                    onClick={() => onNarrow({ from: bar.start, to: bar.end })}
                  >
                    {bar.label}
                  </button>
                )}
                {bar.isUnfinished ? <span className="text-muted"> not over</span> : null}
              </th>
              {drawing.series.map(({ name }, slot) => (
                <Cell key={name} align="end" isWide>
                  {bar.exact[slot]}
                </Cell>
              ))}
              <Cell align="end">{formatCount(bar.calls)}</Cell>
              <Cell align="end">{bar.exactTotal}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
