import type { UsageTotals } from '#lib/usage/usage-row.ts';
import type { SpendGroup } from './overview.ts';

/** A row of "where the money goes", with what is derived from its sums. Null where there is nothing to divide. */
export type SpendRow = UsageTotals & {
  readonly name: string;
  /** A model's provider. */
  readonly provider: string | null;
  readonly tokensTotal: number;
  /** Of all spend in the range, 0 to 1. */
  readonly share: number;
  /** Cache reads among all input, 0 to 1. */
  readonly cacheHitRate: number | null;
  readonly costPerCallUsd: number | null;
  readonly errorRate: number | null;
};

export const spendColumns = [
  'name',
  'spend',
  'calls',
  'tokens',
  'cache',
  'perCall',
  'errors',
  'p50',
  'p95',
] as const;
export type SpendColumn = (typeof spendColumns)[number];

type Named = SpendGroup<{ readonly name: string; readonly provider: string | null }>;

/** Derives rates and shares; the order stays. */
export function toSpendRows(groups: readonly Named[], totalCostUsd: string): readonly SpendRow[] {
  const total = Number(totalCostUsd);
  return groups.map((group) => {
    const { calls, errors, tokens, costUsd } = group;
    const read = tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
    return {
      ...group,
      share: total > 0 ? Number(costUsd) / total : 0,
      cacheHitRate: read > 0 ? tokens.cacheRead / read : null,
      costPerCallUsd: calls > 0 ? Number(costUsd) / calls : null,
      errorRate: calls > 0 ? errors / calls : null,
    };
  });
}

export type SpendOrder = { readonly column: SpendColumn; readonly isAscending: boolean };

/** Rows in another order; unknown values come last either way. */
export function sortSpendRows(
  rows: readonly SpendRow[],
  { column, isAscending }: SpendOrder,
): readonly SpendRow[] {
  const direction = isAscending ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [x, y] = [sortValue(a, column), sortValue(b, column)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    if (typeof x === 'string' || typeof y === 'string')
      return direction * String(x).localeCompare(String(y), 'en');
    return direction * (x - y);
  });
}

function sortValue(row: SpendRow, column: SpendColumn): number | string | null {
  switch (column) {
    case 'name':
      return row.name;
    case 'spend':
      return Number(row.costUsd);
    case 'calls':
      return row.calls;
    case 'tokens':
      return row.tokensTotal;
    case 'cache':
      return row.cacheHitRate;
    case 'perCall':
      return row.costPerCallUsd;
    case 'errors':
      return row.errorRate;
    case 'p50':
      return row.latencyMs.p50;
    case 'p95':
      return row.latencyMs.p95;
  }
}
