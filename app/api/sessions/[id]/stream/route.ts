import { streamQuery } from '#lib/http/contract/chat-contract.ts';
import { sessionPath } from '#lib/http/contract/sessions-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { openSessionStream } from '#lib/server/sessions/open-session-stream.ts';

export const GET = jsonRoute(
  { scope: 'read', params: sessionPath, query: streamQuery },
  ({ db, principal, params, query, request }) =>
    openSessionStream(db, { projectId: principal.projectId, id: params.id, query, request }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
