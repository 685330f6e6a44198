import { sessionPath } from '#lib/http/contract/sessions-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readSession } from '#lib/server/sessions/read-session.ts';

export const GET = jsonRoute({ scope: 'read', params: sessionPath }, ({ db, principal, params }) =>
  readSession(db, { projectId: principal.projectId, id: params.id, nowMs: Date.now() }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
