import { Money } from '#components/ui/money.tsx';
import { SeriesMark } from '#components/ui/series-mark.tsx';
import { ShareBar } from '#components/ui/share-bar.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { Spend } from '#components/usage/spend.tsx';
import { prepareShares } from '#lib/charts/prepare-shares.ts';
import { formatChange } from '#lib/format/format-change.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatDuration } from '#lib/format/format-duration.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import type { Overview } from '#lib/usage/overview.ts';

type SpendRow = Omit<Overview['byAgent'][number], 'agent'> & {
  readonly name: string;
  /** A model's provider; null for what is no model and so has no colour of its own. */
  readonly note: string | null;
};

type SpendTableProps = {
  readonly label: string;
  readonly what: string;
  readonly rows: readonly SpendRow[];
};

/** Spend by one dimension, the dearest first as the server sends it, with each row's share of the sum. */
export function SpendTable({ label, what, rows }: SpendTableProps) {
  const shares = prepareShares(rows.map((row) => row.costUsd));
  if (rows.length === 0) return <p className="text-muted">No calls in this range.</p>;
  return (
    <Table label={label}>
      <thead>
        <tr>
          <HeaderCell>{what}</HeaderCell>
          <HeaderCell align="end" isWide>
            Calls
          </HeaderCell>
          <HeaderCell align="end" isWide>
            Failed
          </HeaderCell>
          <HeaderCell align="end" isWide>
            Tokens
          </HeaderCell>
          <HeaderCell align="end" isWide>
            p50
          </HeaderCell>
          <HeaderCell align="end" isWide>
            p95
          </HeaderCell>
          <HeaderCell align="end" isWide>
            As reported
          </HeaderCell>
          <HeaderCell align="end">Spend</HeaderCell>
          <HeaderCell align="end">Share</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <SpendTableRow key={`${row.note} ${row.name}`} row={row} percent={shares[index] ?? 0} />
        ))}
      </tbody>
    </Table>
  );
}

function SpendTableRow({ row, percent }: { readonly row: SpendRow; readonly percent: number }) {
  const { p50, p95 } = row.latencyMs;
  return (
    <tr>
      <RowHeader>
        <span className="flex items-center gap-2">
          {row.note === null ? null : <SeriesMark name={row.name} />}
          <span className="truncate font-medium">{row.name}</span>
          {row.note === null ? null : <span className="truncate text-muted max-md:hidden">{row.note}</span>}
        </span>
        <span className="block text-xs text-muted md:hidden">
          {formatCount(row.calls)} calls · <TokenCount tokens={row.tokensTotal} /> tokens
        </span>
      </RowHeader>
      <Cell align="end" isWide>
        {formatCount(row.calls)}
      </Cell>
      <Cell align="end" isWide>
        {formatCount(row.errors)}
      </Cell>
      <Cell align="end" isWide>
        <TokenCount tokens={row.tokensTotal} />
      </Cell>
      <Cell align="end" isWide>
        {p50 === null ? '–' : formatDuration(p50)}
      </Cell>
      <Cell align="end" isWide>
        {p95 === null ? '–' : formatDuration(p95)}
      </Cell>
      <Cell align="end" isWide>
        <ReportedCost row={row} />
      </Cell>
      <Cell align="end">
        <Spend costUsd={row.costUsd} unpricedTokens={row.unpricedTokens} />
      </Cell>
      <Cell align="end">
        <span className="flex items-center justify-end gap-2">
          <span className="w-14 max-md:hidden">
            <ShareBar percent={percent} />
          </span>
          <span className="w-12">{formatPercent(percent / 100)}</span>
        </span>
      </Cell>
    </tr>
  );
}

/** What clients say they paid, and how far that is from our sum over the same calls. */
function ReportedCost({ row }: { readonly row: SpendRow }) {
  if (row.reportedCalls === 0) return '–';
  const change = formatChange({ now: Number(row.reportedCostUsd), before: Number(row.comparedCostUsd) });
  return (
    <span
      title={`We computed ${row.comparedCostUsd} USD for the ${formatCount(row.reportedCalls)} calls that reported a cost`}
    >
      <Money usd={row.reportedCostUsd} />
      {change === 'unchanged' || change === 'nothing before' ? null : (
        <span className="text-muted"> {change}</span>
      )}
    </span>
  );
}
