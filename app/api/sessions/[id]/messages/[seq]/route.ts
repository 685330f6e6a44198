import { messagePath } from '#lib/http/contract/messages-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readMessage } from '#lib/server/sessions/read-messages.ts';

export const GET = jsonRoute({ scope: 'read', params: messagePath }, ({ db, principal, params }) =>
  readMessage(db, { projectId: principal.projectId, id: params.id, seq: params.seq }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
