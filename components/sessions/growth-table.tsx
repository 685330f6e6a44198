import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { contextPartLook } from '#lib/charts/context-part-look.ts';
import type { ContextGrowth, GrowthPoint } from '#lib/charts/prepare-context-growth.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatInstant } from '#lib/format/format-instant.ts';
import { contextPartNames } from '#lib/sessions/context-parts.ts';

/** The chart's points in words and numbers, for those who do not see or point. */
export function GrowthTable({ drawing }: { readonly drawing: ContextGrowth }) {
  const parts = drawing.hasParts ? contextPartNames : [];
  return (
    <section
      aria-label="Context by call, as a table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
      tabIndex={0}
      className="max-h-80 overflow-y-auto"
    >
      <Table label="Context by call">
        <thead>
          <tr>
            <HeaderCell>Call</HeaderCell>
            <HeaderCell align="end">Context</HeaderCell>
            {parts.map((part) => (
              <HeaderCell key={part} align="end" isWide>
                {part === 'system' ? 'Prompt' : contextPartLook[part].label}
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {drawing.points.map((point) => (
            <tr key={point.call}>
              <RowHeader>
                {nameOf(point)}{' '}
                <span className="text-muted">{formatInstant({ atMs: Date.parse(point.ts) })}</span>
                {point.compacted ? <span className="block text-muted">A new history began here.</span> : null}
              </RowHeader>
              <Cell align="end">
                <TokenCount tokens={point.contextTokens} />
              </Cell>
              {parts.map((part) => (
                <Cell key={part} align="end" isWide>
                  {point.stack.whole > 0 ? '–' : <TokenCount tokens={point.stack[part]} />}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function nameOf({ call, calls }: GrowthPoint): string {
  return calls === 1 ? formatCount(call) : `${formatCount(call - calls + 1)} to ${formatCount(call)}`;
}
