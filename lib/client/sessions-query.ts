import { infiniteQueryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { SessionSort } from '#lib/sessions/session-sort.ts';
import { fetchJson } from './fetch-json.ts';
import { sessionRow } from './session-row.ts';

export type SessionFilter = {
  readonly sort: SessionSort;
  /** An agent's exact name; empty for all. */
  readonly agent: string;
  /** A part of the session's id; empty for all. */
  readonly q: string;
};

const answer = z.object({ sessions: z.array(sessionRow), nextCursor: z.nullable(z.string()) });
const pageRows = 50;

/** Sessions, the greatest first by the asked measure, 50 a page. */
export function sessionsQuery(filter: SessionFilter) {
  return infiniteQueryOptions({
    queryKey: ['sessions', filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      fetchJson({ path: sessionsPath(filter, pageParam), schema: answer, signal }),
    getNextPageParam: (page) => page.nextCursor,
  });
}

function sessionsPath(filter: SessionFilter, cursor: string | null): string {
  const search = new URLSearchParams({ sort: filter.sort, limit: String(pageRows) });
  if (filter.agent !== '') search.set('agent', filter.agent);
  if (filter.q !== '') search.set('q', filter.q);
  if (cursor !== null) search.set('cursor', cursor);
  return `/api/sessions?${search}`;
}
