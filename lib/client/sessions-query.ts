import { queryOptions } from '@tanstack/react-query';
import type { SessionSort } from '#lib/sessions/session-sort.ts';
import type { Source } from '#lib/usage/usage-event.ts';
import { fetchJson } from './fetch-json.ts';
import { sessionRow } from './session-row.ts';
import * as shape from './shape.ts';

export type SessionFilter = {
  readonly sort: SessionSort;
  /** An agent's exact name; empty for all. */
  readonly agent: string;
  /** A model's exact name; empty for all. */
  readonly model: string;
  /** Empty for all. */
  readonly source: Source | '';
  /** A part of the session's id; empty for all. */
  readonly q: string;
};

const answer = shape.object({ sessions: shape.array(sessionRow), nextCursor: shape.nullable(shape.string) });

export type SessionPage = shape.ValueOf<typeof answer>;

export const sessionsPerPage = 100;
/** Pages out of sight are forgotten: a list of any length holds a few of them. */
const keptMs = 30_000;

/** One page of sessions after a cursor (null: the first), the greatest first by the asked measure. */
export function sessionsQuery(filter: SessionFilter, cursor: string | null) {
  return queryOptions({
    queryKey: ['sessions', filter, cursor],
    queryFn: ({ signal }) =>
      fetchJson({ path: sessionsPath(filter, { cursor, limit: sessionsPerPage }), schema: answer, signal }),
    gcTime: keptMs,
    meta: { live: ['usage', 'messages'] },
  });
}

/** A page of sessions, with what is not filtered by left out. */
export function sessionsPath(
  filter: SessionFilter,
  page: { readonly cursor: string | null; readonly limit: number },
): string {
  const search = new URLSearchParams({ sort: filter.sort, limit: String(page.limit) });
  for (const name of ['agent', 'model', 'source', 'q'] as const) {
    if (filter[name] !== '') search.set(name, filter[name]);
  }
  if (page.cursor !== null) search.set('cursor', page.cursor);
  return `/api/sessions?${search}`;
}

/** Whether anything but the order was chosen. */
export function isNarrowed({ agent, model, source, q }: SessionFilter): boolean {
  return [agent, model, source, q].some((text) => text !== '');
}
