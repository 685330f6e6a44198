'use client';

import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import {
  type SessionFilter,
  type SessionPage,
  sessionsPerPage,
  sessionsQuery,
} from '#lib/client/sessions-query.ts';
import type { SessionRow } from '#lib/sessions/session-row.ts';

export type SessionPages = {
  /** Rows known to be there; while `hasMore`, another page follows them. */
  readonly count: number;
  readonly hasMore: boolean;
  /** Null while its page is not here: it was scrolled away, or is still to come. */
  rowAt(index: number): SessionRow | null;
  readonly error: Error | null;
  readonly isFetching: boolean;
  /** Asks again for what failed. */
  retry(): void;
};

/**
 * The pages of the rows that are looked at, and the next one. Of all other pages only their cursors are kept,
 * so that a list of 100,000 sessions costs no more than a short one. Remount it for another filter.
 */
export function useSessionPages(
  filter: SessionFilter,
  seen: { readonly first: number; readonly last: number },
): SessionPages {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const [lastPageRows, setLastPageRows] = useState<number | null>(null);
  const lastKnown = cursors.length - 1;
  const from = Math.max(0, Math.min(lastKnown, Math.floor(seen.first / sessionsPerPage)));
  const to = Math.min(lastKnown, Math.floor(seen.last / sessionsPerPage) + 1);
  const queries = useQueries({
    queries: cursors.slice(from, to + 1).map((cursor) => sessionsQuery(filter, cursor)),
  });
  const end = to === lastKnown ? queries.at(-1)?.data : undefined;
  useEffect(() => {
    if (end === undefined) return;
    if (end.nextCursor === null) setLastPageRows(end.sessions.length);
    else setCursors((known) => [...known.slice(0, lastKnown + 1), end.nextCursor]);
  }, [end, lastKnown]);
  const loaded = (page: number): SessionPage | undefined => queries[page - from]?.data;
  const failed = queries.find(({ error }) => error !== null);
  return {
    count: lastKnown * sessionsPerPage + (lastPageRows ?? loaded(lastKnown)?.sessions.length ?? 0),
    hasMore: lastPageRows === null,
    rowAt: (index) => {
      const page = Math.floor(index / sessionsPerPage);
      return loaded(page)?.sessions[index - page * sessionsPerPage] ?? null;
    },
    error: failed?.error ?? null,
    isFetching: queries.some(({ isFetching }) => isFetching),
    retry: () => {
      for (const query of queries) if (query.error !== null) void query.refetch();
    },
  };
}
