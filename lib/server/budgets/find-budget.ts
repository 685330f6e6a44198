import 'server-only';
import type { Database } from '#db/database.ts';
import type { Budget } from '#lib/budget/budget.ts';
import { AppError } from '#lib/errors.ts';
import { reloadBudgets } from './budget-list.ts';

/** @throws AppError `not_found` */
export async function findBudget(
  db: Database,
  query: { readonly projectId: number; readonly id: string },
): Promise<Budget> {
  const { budgets } = await reloadBudgets(db, query.projectId);
  const budget = budgets.find(({ id }) => id === query.id.toLowerCase());
  if (budget === undefined) throw new AppError('not_found', 'There is no budget of that id.');
  return budget;
}
