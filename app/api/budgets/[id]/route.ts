import { budgetPatch } from '#lib/budget/new-budget.ts';
import { budgetPath } from '#lib/http/contract/budget-answer.ts';
import { changeBudget, removeBudget } from '#lib/server/budgets/change-budgets.ts';
import { explainBudget } from '#lib/server/budgets/explain-budget.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const GET = jsonRoute({ scope: 'read', params: budgetPath }, ({ db, principal, params: { id } }) =>
  explainBudget(db, { projectId: principal.projectId, id, nowMs: Date.now() }),
);

export const PATCH = jsonRoute(
  { scope: 'admin', params: budgetPath, body: budgetPatch },
  ({ db, principal, params: { id }, body }) =>
    changeBudget({ db, by: principal, nowMs: Date.now() }, { id, patch: body }),
);

export const DELETE = jsonRoute({ scope: 'admin', params: budgetPath }, async ({ db, principal, params }) => {
  await removeBudget({ db, by: principal }, params.id);
  return new Response(null, { status: 204 });
});

export const { POST, PUT, OPTIONS } = otherMethods('GET', 'PATCH', 'DELETE');
