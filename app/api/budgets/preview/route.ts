import { newBudget } from '#lib/budget/new-budget.ts';
import { previewBudget } from '#lib/server/budgets/preview-budget.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const POST = jsonRoute({ scope: 'read', body: newBudget }, ({ db, principal, body }) =>
  previewBudget(db, { projectId: principal.projectId, nowMs: Date.now(), input: body }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
