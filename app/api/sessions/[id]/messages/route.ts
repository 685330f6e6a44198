import { clearQuery } from '#lib/http/contract/clear-contract.ts';
import { messagesQuery } from '#lib/http/contract/messages-query.ts';
import { sessionPath } from '#lib/http/contract/sessions-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { liveService } from '#lib/server/live/live-service.ts';
import { clearMessages } from '#lib/server/sessions/clear-messages.ts';
import { readMessages } from '#lib/server/sessions/read-messages.ts';

export const GET = jsonRoute(
  { scope: 'read', params: sessionPath, query: messagesQuery },
  ({ db, principal, params, query }) =>
    readMessages(db, { projectId: principal.projectId, id: params.id, ...query }),
);

export const DELETE = jsonRoute(
  { scope: 'admin', params: sessionPath, query: clearQuery },
  ({ db, principal, params, query }) =>
    clearMessages(db, { by: principal, id: params.id, query, announce: liveService().hub.publish }),
);

export const { POST, PUT, PATCH, OPTIONS } = otherMethods('GET', 'DELETE');
