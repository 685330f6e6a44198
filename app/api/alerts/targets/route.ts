import { newAlertTarget } from '#lib/budget/alert-target-url.ts';
import { makeAlertTarget, readAlertTargets } from '#lib/server/alerts/alert-targets.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const GET = jsonRoute({ scope: 'admin' }, async ({ db, principal }) => ({
  targets: await readAlertTargets(db, principal.projectId),
}));

export const POST = jsonRoute({ scope: 'admin', body: newAlertTarget }, async ({ db, principal, body }) =>
  Response.json(await makeAlertTarget({ db, by: principal }, body), { status: 201 }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
