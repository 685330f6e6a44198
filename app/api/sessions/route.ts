import { sessionsQuery } from '#lib/http/contract/sessions-query.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { readSessions } from '#lib/server/sessions/read-sessions.ts';

export const GET = jsonRoute({ scope: 'read', query: sessionsQuery }, ({ db, principal, query }) =>
  readSessions(db, {
    projectId: principal.projectId,
    sort: query.sort,
    agent: query.agent ?? null,
    model: query.model ?? null,
    source: query.source ?? null,
    query: query.q ?? null,
    limit: query.limit,
    cursor: query.cursor ?? null,
  }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
