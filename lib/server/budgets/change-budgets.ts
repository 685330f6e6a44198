import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import { deleteBudget, insertBudget, updateBudget } from '#db/queries/put-budget.ts';
import { assert } from '#lib/assert.ts';
import { type Budget, toBudget } from '#lib/budget/budget.ts';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { type BudgetPatch, type NewBudget, newBudget } from '#lib/budget/new-budget.ts';
import { toNewBudget } from '#lib/budget/to-new-budget.ts';
import { AppError } from '#lib/errors.ts';
import { auditNote } from '../auth/audit-note.ts';
import { actorOf, type Principal } from '../auth/principal.ts';
import { parseWith } from '../http/parse-input.ts';
import { findBudget } from './find-budget.ts';
import { viewBudgets } from './read-budgets.ts';

type Change = { readonly db: Database; readonly by: Principal; readonly nowMs: number };

/** @throws AppError `conflict` when the project has as many budgets as it may */
export async function makeBudget({ db, by, nowMs }: Change, input: NewBudget): Promise<BudgetView> {
  const budget = toBudget(randomUUID(), input);
  const note = auditNote({ actor: actorOf(by), action: 'budget_made', details: { id: budget.id, ...input } });
  if (!(await insertBudget(db, { projectId: by.projectId, budget }, note))) {
    throw new AppError('conflict', 'There are as many budgets as a project may have: delete one first.');
  }
  return view({ db, by, nowMs }, budget);
}

/**
 * Changes what the patch names. Limits may go below what is spent; no hold is touched by that.
 * @throws AppError `not_found`, and `bad_request` when the result makes no budget
 */
export async function changeBudget(
  { db, by, nowMs }: Change,
  { id, patch }: { readonly id: string; readonly patch: BudgetPatch },
): Promise<BudgetView> {
  const old = await findBudget(db, { projectId: by.projectId, id });
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const budget = toBudget(
    old.id,
    parseWith(newBudget, { ...withoutSpan(toNewBudget(old), patch), ...given }, 'bad_request'),
  );
  const note = auditNote({ actor: actorOf(by), action: 'budget_changed', details: { id: old.id, ...given } });
  if (!(await updateBudget(db, { projectId: by.projectId, budget }, note))) throw noBudget();
  return view({ db, by, nowMs }, budget);
}

/** @throws AppError `not_found` */
export async function removeBudget({ db, by }: Omit<Change, 'nowMs'>, id: string): Promise<void> {
  const note = auditNote({ actor: actorOf(by), action: 'budget_deleted', details: { id } });
  if (!(await deleteBudget(db, { projectId: by.projectId, id }, note))) throw noBudget();
}

/** A span that becomes a repeating budget leaves its two instants behind. */
function withoutSpan(old: NewBudget, patch: BudgetPatch): NewBudget {
  return patch.period === undefined || patch.period === 'span' ? old : { ...old, from: null, to: null };
}

async function view({ db, by, nowMs }: Change, budget: Budget): Promise<BudgetView> {
  const [made] = await viewBudgets(db, [budget], { projectId: by.projectId, nowMs });
  assert(made !== undefined, 'one budget has one view');
  return made;
}

function noBudget(): AppError {
  return new AppError('not_found', 'There is no budget of that id.');
}
