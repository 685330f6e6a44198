import { sessionPath } from '#lib/http/contract/sessions-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readOutline } from '#lib/server/sessions/read-outline.ts';

export const GET = jsonRoute({ scope: 'read', params: sessionPath }, ({ db, principal, params }) =>
  readOutline(db, { projectId: principal.projectId, id: params.id }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
