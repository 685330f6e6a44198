'use client';

import { type ComponentProps, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Section } from '#components/ui/section.tsx';
import { Segments } from '#components/ui/segments.tsx';
import { useSearchSetting } from '#components/ui/use-search-setting.ts';
import { formatCount } from '#lib/format/format-count.ts';
import type { Overview } from '#lib/overview/overview.ts';
import { type SpendOrder, type SpendRow, sortSpendRows, toSpendRows } from '#lib/overview/spend-row.ts';
import { CostDifferences } from './cost-differences.tsx';
import { SpendCsvButton } from './spend-csv-button.tsx';
import { SpendTable } from './spend-table.tsx';

const tables = [
  { value: 'model', label: 'Model' },
  { value: 'agent', label: 'Agent' },
  { value: 'source', label: 'Source' },
] as const;
const reportedTable = { value: 'reported', label: 'Reported' } as const;
type TableName = (typeof tables)[number]['value'] | 'reported';

const shownAtFirst = 6;

/** Where the money goes: by model, agent or source, sortable, and as a file; and what clients say it cost. */
export function SpendBreakdown({ overview }: { readonly overview: Overview }) {
  const [by, setBy] = useSearchSetting<TableName>({ name: 'table', parse: parseTable, fallback: 'model' });
  const [order, setOrder] = useState<SpendOrder>({ column: 'spend', isAscending: false });
  const differences = overview.costDifferences;
  const { rows, total } = groupsOf(overview, by);
  const sorted = sortSpendRows(toSpendRows(rows, overview.totals.costUsd), order);
  const options = differences.length === 0 ? tables : [...tables, reportedTable];
  const isReported = by === 'reported' && differences.length > 0;
  return (
    <Section
      isDense
      title={isReported ? 'Reported against computed' : 'Where the money goes'}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Segments isLow label="Table by" value={by} options={options} onValueChange={setBy} />
          <SpendCsvButton
            file={{ range: overview.range, by, rows: sorted }}
            disabled={rows.length === 0 || isReported}
          />
        </div>
      }
    >
      {isReported ? (
        <CostDifferences differences={differences} />
      ) : (
        <SpendRows
          key={by}
          by={by === 'reported' ? 'model' : by}
          sorted={sorted}
          total={total}
          order={order}
          onOrderChange={setOrder}
        />
      )}
    </Section>
  );
}

type SpendRowsProps = Omit<ComponentProps<typeof SpendTable>, 'rows'> & {
  readonly sorted: readonly SpendRow[];
  /** As many as there are in the range; the answer holds the largest. */
  readonly total: number;
};

function SpendRows({ sorted, total, ...table }: SpendRowsProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? sorted : sorted.slice(0, shownAtFirst);
  return (
    <>
      <SpendTable {...table} rows={shown} />
      <p className="flex min-h-6 flex-wrap items-center gap-x-3 text-xs text-muted">
        {shown.length < total ? (
          <span>
            Top {formatCount(shown.length)} of {formatCount(total)}
          </span>
        ) : null}
        {shown.length < sorted.length ? (
          <span className="-ml-2">
            <Button tone="bare" size="small" onClick={() => setWhole(true)}>
              Show {formatCount(sorted.length)}
            </Button>
          </span>
        ) : null}
        <span>
          Cache: share of input read from it. p50, p95: half, and nineteen in twenty calls, are faster.
        </span>
      </p>
    </>
  );
}

function parseTable(text: string): TableName | null {
  return [...tables, reportedTable].find(({ value }) => value === text)?.value ?? null;
}

function groupsOf(overview: Overview, by: TableName) {
  switch (by) {
    case 'model':
    case 'reported': {
      const { rows, total } = overview.byModel;
      return { total, rows: rows.map((row) => ({ ...row, name: row.model })) };
    }
    case 'agent': {
      const { rows, total } = overview.byAgent;
      return { total, rows: rows.map((row) => ({ ...row, name: row.agent, provider: null })) };
    }
    case 'source': {
      const { rows, total } = overview.bySource;
      return { total, rows: rows.map((row) => ({ ...row, name: row.source, provider: null })) };
    }
  }
}
