import { budgetPath } from '#lib/http/contract/budget-answer.ts';
import { removeAlertTarget } from '#lib/server/alerts/alert-targets.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const DELETE = jsonRoute({ scope: 'admin', params: budgetPath }, async ({ db, principal, params }) => {
  await removeAlertTarget({ db, by: principal }, params.id);
  return new Response(null, { status: 204 });
});

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods('DELETE');
