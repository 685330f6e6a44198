import 'server-only';
import type { Database } from '#db/database.ts';
import { listBudgetEvents } from '#db/queries/list-budget-events.ts';
import { listHolds } from '#db/queries/list-holds.ts';
import { assert } from '#lib/assert.ts';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import type { HoldState } from '#lib/budget/hold.ts';
import { formatPicoUsd, parseUsd } from '#lib/pricing/parse-usd.ts';
import { type HoldView, toHoldView } from '../holds/hold-view.ts';
import { findBudget } from './find-budget.ts';
import { viewBudgets } from './read-budgets.ts';

const eventsMax = 50;

export type HoldGroupView = {
  readonly state: HoldState;
  readonly count: number;
  readonly amountUsd: string;
  /** Settled by a call while the usage event is not in the ledger yet. */
  readonly withoutEventUsd: string;
  readonly holds: readonly HoldView[];
};

export type BudgetEventView = {
  readonly id: string;
  readonly ts: string;
  readonly agent: string;
  readonly session: string | null;
  readonly model: string;
  readonly costUsd: string;
  readonly holdId: string | null;
};

export type BudgetExplanation = {
  readonly budget: BudgetView;
  /** What the window's events cost: with `budget.settledUsd` it is `budget.spentUsd`. */
  readonly ledgerUsd: string;
  /** The latest calls of the window, at most 50. */
  readonly events: readonly BudgetEventView[];
  readonly holds: readonly HoldGroupView[];
};

/**
 * Where a budget's number comes from.
 * @throws AppError `not_found`
 */
export async function explainBudget(
  db: Database,
  query: { readonly projectId: number; readonly id: string; readonly nowMs: number },
): Promise<BudgetExplanation> {
  const { projectId, nowMs } = query;
  const budget = await findBudget(db, query);
  const [view] = await viewBudgets(db, [budget], { projectId, nowMs });
  assert(view !== undefined, 'one budget has one view');
  const from = new Date(view.window.start);
  const to = new Date(view.window.end);
  const [events, groups] = await Promise.all([
    listBudgetEvents(db, {
      projectId,
      scope: budget.scope,
      window: { startMs: from.getTime(), endMs: to.getTime() },
      limit: eventsMax,
    }),
    listHolds(db, { projectId, budgetId: budget.id, from, to }),
  ]);
  return {
    budget: view,
    ledgerUsd: formatPicoUsd(parseUsd(view.spentUsd) - parseUsd(view.settledUsd)),
    events: events.map(({ ts, costPicoUsd, ...event }) => ({
      ...event,
      ts: ts.toISOString(),
      costUsd: formatPicoUsd(costPicoUsd),
    })),
    holds: groups.map((group) => ({
      state: group.state,
      count: group.count,
      amountUsd: formatPicoUsd(group.amountPicoUsd),
      withoutEventUsd: formatPicoUsd(group.withoutEventPicoUsd),
      holds: group.holds.map(toHoldView),
    })),
  };
}
