import { alertsQuery } from '#lib/http/contract/alert-answer.ts';
import { readAlerts } from '#lib/server/alerts/read-alerts.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';

export const GET = jsonRoute({ scope: 'read', query: alertsQuery }, ({ db, principal, query }) =>
  readAlerts(db, { projectId: principal.projectId, before: query.before ?? null, limit: query.limit }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
