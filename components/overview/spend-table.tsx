import type { Route } from 'next';
import Link from 'next/link';
import { ShareBar } from '#components/ui/share-bar.tsx';
import { Cell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { NameMark } from '#components/usage/name-mark.tsx';
import { Spend } from '#components/usage/spend.tsx';
import { sessionsAddress } from '#lib/client/sessions-address.ts';
import { countOf } from '#lib/format/count-of.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatDuration } from '#lib/format/format-duration.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import type { SpendOrder, SpendRow } from '#lib/overview/spend-row.ts';
import { SortHeader } from './sort-header.tsx';

type SpendTableProps = {
  readonly by: 'model' | 'agent' | 'source';
  readonly rows: readonly SpendRow[];
  readonly order: SpendOrder;
  readonly onOrderChange: (order: SpendOrder) => void;
};

const nameHeads = { model: 'Model', agent: 'Agent', source: 'Source' } as const;

/** Spend by one dimension, each row with its share of the sum. */
export function SpendTable({ by, rows, order, onOrderChange }: SpendTableProps) {
  if (rows.length === 0) return <p className="text-muted">No calls in this range.</p>;
  const sort = { order, onOrderChange };
  return (
    <Table label={`Spend by ${by}`} isDense>
      <thead>
        <tr>
          <SortHeader column="name" label={nameHeads[by]} {...sort} />
          <SortHeader column="spend" label="Spend" isEnd {...sort} />
          <th
            scope="col"
            className="border-b border-hairline-strong py-2 pl-4 text-right text-xs font-medium text-muted"
          >
            Share
          </th>
          <SortHeader column="calls" label="Calls" isEnd isWide {...sort} />
          <SortHeader column="tokens" label="Tokens" isEnd isWide {...sort} />
          <SortHeader column="cache" label="Cache" isEnd isWide {...sort} />
          <SortHeader column="perCall" label="Per call" isEnd isWide {...sort} />
          <SortHeader column="errors" label="Failed" isEnd isWide {...sort} />
          <SortHeader column="p50" label="p50" isEnd isWide {...sort} />
          <SortHeader column="p95" label="p95" isEnd isWide {...sort} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <SpendTableRow key={`${row.provider} ${row.name}`} by={by} row={row} />
        ))}
      </tbody>
    </Table>
  );
}

type SpendTableRowProps = { readonly by: SpendTableProps['by']; readonly row: SpendRow };

function SpendTableRow({ by, row }: SpendTableRowProps) {
  return (
    <tr>
      <RowHeader>
        <span className="@container block">
          <span className="flex items-center gap-2">
            <NameMark by={by} name={row.name} />
            <Link
              href={sessionsAddress({ [by]: row.name }) as Route}
              prefetch={false}
              className="truncate font-medium hover:text-accent hover:underline"
              title={`${row.provider === null ? row.name : `${row.name}, ${row.provider}`}: its sessions`}
            >
              {row.name}
            </Link>
            {row.provider === null ? null : (
              <span className="truncate text-muted @max-[240px]:hidden">{row.provider}</span>
            )}
          </span>
        </span>
        <span className="block text-xs text-muted md:hidden">
          {countOf(row.calls, 'call')} · <TokenCount tokens={row.tokensTotal} /> tokens
          <span className="flex flex-wrap gap-x-2">
            {describeCalls(row).map((text) => (
              <span key={text} className="whitespace-nowrap">
                {text}
              </span>
            ))}
          </span>
        </span>
      </RowHeader>
      <Cell align="end">
        <Spend costUsd={row.costUsd} unpricedTokens={row.unpricedTokens} />
        {row.unpricedTokens > 0 && Number(row.costUsd) > 0 ? (
          <span className="block text-xs text-muted">
            + <TokenCount tokens={row.unpricedTokens} /> unpriced
          </span>
        ) : null}
      </Cell>
      <Cell align="end">
        <span className="flex items-center justify-end gap-2">
          <span className="w-9 max-md:hidden">
            <ShareBar percent={row.share * 100} />
          </span>
          <span className="w-11">{formatPercent(row.share)}</span>
        </span>
      </Cell>
      <Cell align="end" isWide>
        {formatCount(row.calls)}
      </Cell>
      <Cell align="end" isWide>
        <TokenCount tokens={row.tokensTotal} />
      </Cell>
      <Cell align="end" isWide>
        {row.cacheHitRate === null ? '–' : formatPercent(row.cacheHitRate)}
      </Cell>
      <Cell align="end" isWide>
        {row.costPerCallUsd === null ? '–' : formatUsd(row.costPerCallUsd.toFixed(12))}
      </Cell>
      <Cell align="end" isWide>
        <span title={countOf(row.errors, 'call')}>
          {row.errorRate === null ? '–' : formatPercent(row.errorRate)}
        </span>
      </Cell>
      <Cell align="end" isWide>
        {row.latencyMs.p50 === null ? '–' : formatDuration(row.latencyMs.p50)}
      </Cell>
      <Cell align="end" isWide>
        {row.latencyMs.p95 === null ? '–' : formatDuration(row.latencyMs.p95)}
      </Cell>
    </tr>
  );
}

/** What the columns say that leave at phone width. */
function describeCalls({ cacheHitRate, costPerCallUsd, errorRate, latencyMs }: SpendRow): readonly string[] {
  return [
    cacheHitRate === null ? '' : `${formatPercent(cacheHitRate)} cached`,
    costPerCallUsd === null ? '' : `${formatUsd(costPerCallUsd.toFixed(12))} a call`,
    errorRate === null ? '' : `${formatPercent(errorRate)} failed`,
    latencyMs.p95 === null ? '' : `p95 ${formatDuration(latencyMs.p95)}`,
  ].filter(Boolean);
}
