import 'server-only';
import type { Database } from '#db/database.ts';
import { type BudgetList, listBudgets } from '#db/queries/list-budgets.ts';

const byDatabase = new WeakMap<Database, Map<number, BudgetList>>();

/**
 * A project's budgets as this process last read them. They may be old: admissions check the revision in their
 * own statement and ask for `reloadBudgets` where it has grown.
 */
export async function rememberedBudgets(db: Database, projectId: number): Promise<BudgetList> {
  return peekBudgets(db, projectId) ?? reloadBudgets(db, projectId);
}

export function peekBudgets(db: Database, projectId: number): BudgetList | null {
  return byDatabase.get(db)?.get(projectId) ?? null;
}

export async function reloadBudgets(db: Database, projectId: number): Promise<BudgetList> {
  const list = await listBudgets(db, projectId);
  const byProject = byDatabase.get(db) ?? new Map<number, BudgetList>();
  byDatabase.set(db, byProject);
  byProject.set(projectId, list);
  return list;
}
