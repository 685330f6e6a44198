import { liveQuery } from '#lib/http/contract/live-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { liveService } from '#lib/server/live/live-service.ts';
import { toLiveResponse } from '#lib/server/live/to-live-response.ts';

/** For who runs Next without the front door, which serves this address itself. */
export const GET = jsonRoute({ scope: 'read', query: liveQuery }, async ({ principal, query, request }) =>
  toLiveResponse(liveService().streams, {
    subscription: { projectId: principal.projectId, session: query.session ?? null },
    signal: request.signal,
  }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
