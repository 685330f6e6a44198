import { searchQuery } from '#lib/http/contract/chat-contract.ts';
import { sessionPath } from '#lib/http/contract/sessions-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { searchSession } from '#lib/server/sessions/search-session.ts';

export const GET = jsonRoute(
  { scope: 'read', params: sessionPath, query: searchQuery },
  ({ db, principal, params, query, request }) =>
    searchSession(db, {
      projectId: principal.projectId,
      id: params.id,
      words: query.q,
      before: query.before ?? null,
      limit: query.limit,
      nowMs: Date.now,
      signal: request.signal,
    }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
