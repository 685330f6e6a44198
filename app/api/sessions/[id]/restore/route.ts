import { sessionPath } from '#lib/http/contract/sessions-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { liveService } from '#lib/server/live/live-service.ts';
import { restoreHistory } from '#lib/server/sessions/restore-history.ts';

export const POST = jsonRoute({ scope: 'admin', params: sessionPath }, ({ db, principal, params }) =>
  restoreHistory(db, { by: principal, id: params.id, announce: liveService().hub.publish }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
