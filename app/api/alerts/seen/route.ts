import { markAlertsSeen } from '#lib/server/alerts/read-alerts.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const POST = jsonRoute({ scope: 'admin' }, async ({ db, principal }) => {
  await markAlertsSeen(db, { projectId: principal.projectId, nowMs: Date.now() });
  return new Response(null, { status: 204 });
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
