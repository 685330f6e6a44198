import { turnQuery } from '#lib/http/contract/chat-contract.ts';
import { sessionPath } from '#lib/http/contract/sessions-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readTurn } from '#lib/server/sessions/read-outline.ts';

export const GET = jsonRoute(
  { scope: 'read', params: sessionPath, query: turnQuery },
  ({ db, principal, params, query }) =>
    readTurn(db, {
      projectId: principal.projectId,
      id: params.id,
      seq: query.from,
      direction: query.direction,
    }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
