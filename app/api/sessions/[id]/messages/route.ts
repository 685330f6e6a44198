import { messagesQuery } from '#lib/http/contract/messages-query.ts';
import { sessionPath } from '#lib/http/contract/sessions-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readMessages } from '#lib/server/sessions/read-messages.ts';

export const GET = jsonRoute(
  { scope: 'read', params: sessionPath, query: messagesQuery },
  ({ db, principal, params, query }) =>
    readMessages(db, { projectId: principal.projectId, id: params.id, ...query }),
);

export const { POST, PUT, PATCH, DELETE } = otherMethods('GET');
