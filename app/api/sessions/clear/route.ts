import { clearSessionsBody } from '#lib/http/contract/clear-contract.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { liveService } from '#lib/server/live/live-service.ts';
import { clearSessions } from '#lib/server/sessions/clear-sessions.ts';

export const POST = jsonRoute({ scope: 'admin', body: clearSessionsBody }, ({ db, principal, body }) =>
  clearSessions(db, { by: principal, body, announce: liveService().hub.publish }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
