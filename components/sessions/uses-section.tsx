import { Money } from '#components/ui/money.tsx';
import { Section } from '#components/ui/section.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { NameMark } from '#components/usage/name-mark.tsx';
import { formatCount } from '#lib/format/format-count.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { sourceLabel } from '#lib/sessions/source-label.ts';

/** Which models a session used and why; only where there is more than one answer. */
export function UsesSection({ uses }: { readonly uses: SessionDetail['uses'] }) {
  if (uses.length < 2) return null;
  return (
    <Section
      title="Models and sources"
      note="Sub-agents have a context of their own, which the chart leaves out."
    >
      <Table label="Calls by model and source">
        <thead>
          <tr>
            <HeaderCell>Model</HeaderCell>
            <HeaderCell>Source</HeaderCell>
            <HeaderCell align="end">Calls</HeaderCell>
            <HeaderCell align="end" isWide>
              Tokens
            </HeaderCell>
            <HeaderCell align="end">Spend</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {uses.map((use) => (
            <tr key={`${use.source} ${use.provider} ${use.model}`}>
              <RowHeader>
                <span className="flex items-center gap-2">
                  <NameMark by="model" name={use.model} />
                  <span className="truncate">{use.model}</span>
                </span>
              </RowHeader>
              <Cell>{sourceLabel(use.source)}</Cell>
              <Cell align="end">{formatCount(use.calls)}</Cell>
              <Cell align="end" isWide>
                <TokenCount tokens={use.tokens} />
              </Cell>
              <Cell align="end">
                <Money usd={use.costUsd} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
