import 'server-only';
import type { Database } from '#db/database.ts';
import { listFiredAlerts } from '#db/queries/list-fired-alerts.ts';
import { sumBudgetSpend } from '#db/queries/sum-budget-spend.ts';
import { assert } from '#lib/assert.ts';
import type { Budget } from '#lib/budget/budget.ts';
import { type BudgetView, byDanger, toBudgetView } from '#lib/budget/budget-view.ts';
import { currentWindow } from '#lib/budget/budget-window.ts';
import { reloadBudgets } from './budget-list.ts';

/** All budgets as they stand now, the most endangered first. */
export async function readBudgets(
  db: Database,
  query: { readonly projectId: number; readonly nowMs: number },
): Promise<readonly BudgetView[]> {
  const { budgets } = await reloadBudgets(db, query.projectId);
  return [...(await viewBudgets(db, budgets, query))].sort(byDanger);
}

/** Some budgets as they stand, in their order. */
export async function viewBudgets(
  db: Database,
  budgets: readonly Budget[],
  { projectId, nowMs }: { readonly projectId: number; readonly nowMs: number },
): Promise<readonly BudgetView[]> {
  const windows = budgets.map((budget) => {
    const window = currentWindow(budget.calendar, nowMs);
    assert(window !== null, 'a calendar has a window at any instant');
    return window;
  });
  const at = <T>(list: readonly T[], index: number): T => {
    const value = list[index];
    assert(value !== undefined, 'there is one for each budget');
    return value;
  };
  const [uses, fired] = await Promise.all([
    sumBudgetSpend(db, {
      projectId,
      slots: budgets.map((budget, index) => ({
        id: budget.id,
        scope: budget.scope,
        window: at(windows, index),
        counted: budget.countTokens,
      })),
    }),
    listFiredAlerts(db, {
      projectId,
      windows: budgets.map((budget, index) => ({ id: budget.id, ...at(windows, index) })),
    }),
  ]);
  return budgets.map((budget, index) =>
    toBudgetView(budget, {
      window: at(windows, index),
      use: at(uses, index),
      alerts: fired.get(budget.id) ?? [],
      nowMs,
    }),
  );
}
