import 'server-only';
import type { Database } from '#db/database.ts';
import { type BudgetUse, sumBudgetSpend } from '#db/queries/sum-budget-spend.ts';
import type { Budget } from '#lib/budget/budget.ts';
import { parseUsd } from '#lib/pricing/parse-usd.ts';
import type { AmountAt } from '#lib/projection/spend-projection.ts';
import { calendarBuckets } from '#lib/time/calendar-buckets.ts';
import { readUsage } from '../read-usage.ts';

export type SpendSpan = {
  readonly bucket: 'total' | 'day' | 'hour';
  readonly fromMs: number;
  readonly toMs: number;
  readonly timeZone: string;
};

/** Amounts by local bucket, ascending; a bucket without spend may be left out. */
export type SpendSource = (span: SpendSpan) => Promise<readonly AmountAt[]>;

/** The cost of all of a project's calls, in pico-USD. */
export function projectSource(db: Database, projectId: number): SpendSource {
  return async (span) => {
    const rows = await readUsage(db, { projectId, ...span, groupBy: [], latency: false });
    return rows.map(({ start, costUsd }) => ({ startMs: Date.parse(start), amount: parseUsd(costUsd) }));
  };
}

/**
 * What a budget counts, by its own scope and tokens. The total holds what was settled before its event came,
 * as the budget's own figure does.
 */
export function budgetSource(
  db: Database,
  {
    projectId,
    budget,
    unit,
  }: { readonly projectId: number; readonly budget: Budget; readonly unit: 'usd' | 'tokens' },
): SpendSource {
  const amountOf = (use: BudgetUse, isTotal: boolean) =>
    unit === 'usd'
      ? use.ledgerPicoUsd + (isTotal ? use.settledPicoUsd : 0n)
      : use.ledgerTokens + (isTotal ? use.settledTokens : 0n);
  return async ({ bucket, fromMs, toMs, timeZone }) => {
    const { starts, edgesMs } = calendarBuckets({ fromMs, toMs: endOfQuarter(toMs), zone: timeZone, bucket });
    const slots = starts.map((startMs, index) => ({
      id: budget.id,
      scope: budget.scope,
      window: { startMs, endMs: edgesMs[index + 1] ?? toMs },
      counted: budget.countTokens,
    }));
    const uses = await sumBudgetSpend(db, { projectId, slots });
    return uses.map((use, index) => ({
      startMs: starts[index] ?? fromMs,
      amount: amountOf(use, bucket === 'total'),
    }));
  };
}

const quarterMs = 900_000;

/** A budget counts whole quarter hours, the present one too. */
function endOfQuarter(atMs: number): number {
  return Math.ceil(atMs / quarterMs) * quarterMs;
}
