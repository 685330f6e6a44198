import { newBudget } from '#lib/budget/new-budget.ts';
import { makeBudget } from '#lib/server/budgets/change-budgets.ts';
import { readBudgets } from '#lib/server/budgets/read-budgets.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const GET = jsonRoute({ scope: 'read' }, async ({ db, principal }) => ({
  budgets: await readBudgets(db, { projectId: principal.projectId, nowMs: Date.now() }),
}));

export const POST = jsonRoute({ scope: 'admin', body: newBudget }, async ({ db, principal, body }) =>
  Response.json(await makeBudget({ db, by: principal, nowMs: Date.now() }, body), { status: 201 }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
