import { budgetPath } from '#lib/http/contract/budget-answer.ts';
import { testAlertTarget } from '#lib/server/alerts/alert-targets.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const POST = jsonRoute({ scope: 'admin', params: budgetPath }, async ({ db, principal, params }) => {
  await testAlertTarget({ db, by: principal }, { id: params.id, nowMs: Date.now() });
  return new Response(null, { status: 202 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
