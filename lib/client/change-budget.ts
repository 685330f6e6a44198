import type { NewBudgetInput } from '#lib/budget/new-budget.ts';
import { budgetAnswer } from './budget-answer.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

/** Makes a budget or, with an id, changes the one of it. */
export function saveBudget({
  id,
  input,
}: {
  readonly id: string | null;
  readonly input: Partial<NewBudgetInput>;
}) {
  return id === null
    ? fetchJson({ path: '/api/budgets', method: 'POST', body: input, schema: budgetAnswer })
    : fetchJson({ path: `/api/budgets/${id}`, method: 'PATCH', body: input, schema: budgetAnswer });
}

export function deleteBudget(id: string): Promise<undefined> {
  return fetchJson({ path: `/api/budgets/${id}`, method: 'DELETE', schema: shape.nothing });
}
