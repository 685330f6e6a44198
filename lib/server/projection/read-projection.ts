import 'server-only';
import type { Database } from '#db/database.ts';
import { assert } from '#lib/assert.ts';
import { currentWindow } from '#lib/budget/budget-window.ts';
import type { ProjectionView } from '#lib/projection/projection-view.ts';
import { toProjectionView, toTokensView } from '#lib/projection/to-projection-view.ts';
import { findBudget } from '../budgets/find-budget.ts';
import { readSpendProjection } from './read-spend-projection.ts';
import { budgetSource, projectSource } from './spend-source.ts';

/** The whole project's spend in a window, and where it is heading. */
export async function readProjection(
  db: Database,
  query: {
    readonly projectId: number;
    readonly window: { readonly fromMs: number; readonly toMs: number };
    readonly timeZone: string;
    readonly nowMs: number;
    readonly limit: bigint | null;
  },
): Promise<ProjectionView> {
  const source = projectSource(db, query.projectId);
  return toProjectionView({ ...query, ...(await readSpendProjection({ ...query, source })), tokens: null });
}

/**
 * A budget's present window in its own zone and scope: cost against its limit in USD, and tokens against that in
 * tokens where it has one. @throws AppError `not_found`
 */
export async function readBudgetProjection(
  db: Database,
  { projectId, id, nowMs }: { readonly projectId: number; readonly id: string; readonly nowMs: number },
): Promise<ProjectionView> {
  const budget = await findBudget(db, { projectId, id });
  const present = currentWindow(budget.calendar, nowMs);
  assert(present !== null, 'a calendar has a window at any instant');
  const { timeZone } = budget.calendar;
  const window = { fromMs: present.startMs, toMs: present.endMs };
  const limit = budget.limitPicoUsd;
  const read = (unit: 'usd' | 'tokens', most: bigint | null) => {
    const source = budgetSource(db, { projectId, budget, unit });
    return readSpendProjection({ source, window, timeZone, nowMs, limit: most });
  };
  const [spend, tokens] = await Promise.all([
    read('usd', limit),
    budget.limitTokens === null ? null : read('tokens', BigInt(budget.limitTokens)),
  ]);
  return toProjectionView({
    window,
    timeZone,
    nowMs,
    limit,
    ...spend,
    tokens: tokens === null || budget.limitTokens === null ? null : toTokensView(tokens, budget.limitTokens),
  });
}
