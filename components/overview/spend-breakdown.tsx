'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Section } from '#components/ui/section.tsx';
import { Segments } from '#components/ui/segments.tsx';
import { useSearchSetting } from '#components/ui/use-search-setting.ts';
import { assignSeriesColors } from '#lib/charts/series-colors.ts';
import { formatCount } from '#lib/format/format-count.ts';
import type { Overview } from '#lib/overview/overview.ts';
import { spendCsv } from '#lib/overview/spend-csv.ts';
import { type SpendOrder, sortSpendRows, toSpendRows } from '#lib/overview/spend-row.ts';
import { downloadText } from './download-text.ts';
import { SpendTable } from './spend-table.tsx';

const tables = [
  { value: 'model', label: 'Model' },
  { value: 'agent', label: 'Agent' },
  { value: 'source', label: 'Source' },
] as const;
type TableName = (typeof tables)[number]['value'];

const shownAtFirst = 12;

/** Where the money goes: by model, agent or source, sortable, and as a file. */
export function SpendBreakdown({ overview }: { readonly overview: Overview }) {
  const [by, setBy] = useSearchSetting<TableName>({ name: 'table', parse: parseTable, fallback: 'model' });
  const [order, setOrder] = useState<SpendOrder>({ column: 'spend', isAscending: false });
  const [isWhole, setWhole] = useState(false);
  const { rows, total } = groupsOf(overview, by);
  const sorted = sortSpendRows(toSpendRows(rows, overview.totals.costUsd), order);
  const shown = isWhole ? sorted : sorted.slice(0, shownAtFirst);
  const hidden = sorted.length - shown.length;
  const isLikeChart = overview.chart.by === by;
  return (
    <Section
      title="Where the money goes"
      note="Cache is the share of all input that was read from it. Half of the calls are faster than p50, one in twenty is slower than p95."
      actions={
        <div className="flex flex-wrap gap-2">
          <Segments label="Table by" value={by} options={tables} onValueChange={setBy} />
          <Button
            disabled={rows.length === 0}
            onClick={() =>
              downloadText({ name: `spend-by-${by}.csv`, type: 'text/csv', text: spendCsv(sorted) })
            }
          >
            CSV
          </Button>
        </div>
      }
    >
      <SpendTable
        by={by}
        rows={shown}
        order={order}
        onOrderChange={setOrder}
        colors={isLikeChart ? assignSeriesColors(overview.chart.names) : null}
      />
      {hidden > 0 || rows.length < total ? (
        <p className="flex items-center gap-3 text-sm text-muted">
          Top {formatCount(shown.length)} of {formatCount(total)}
          {hidden > 0 ? (
            <Button tone="bare" size="small" onClick={() => setWhole(true)}>
              Show {formatCount(sorted.length)}
            </Button>
          ) : null}
        </p>
      ) : null}
    </Section>
  );
}

function parseTable(text: string): TableName | null {
  return tables.find(({ value }) => value === text)?.value ?? null;
}

function groupsOf(overview: Overview, by: TableName) {
  switch (by) {
    case 'model': {
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
