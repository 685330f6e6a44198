import 'server-only';
import type { Database } from '#db/database.ts';
import { listSessions, type SessionCursor } from '#db/queries/list-sessions.ts';
import { AppError } from '#lib/errors.ts';
import type { SessionRow } from '#lib/sessions/session-row.ts';
import type { SessionSort } from '#lib/sessions/session-sort.ts';
import { parseInstant } from '#lib/time/parse-instant.ts';
import type { Source } from '#lib/usage/usage-event.ts';
import { toSessionRow } from './to-session-row.ts';

export type SessionsQuery = {
  readonly projectId: number;
  readonly sort: SessionSort;
  readonly agent: string | null;
  readonly model?: string | null;
  readonly source?: Source | null;
  /** Part of the session's id, in any case. */
  readonly query: string | null;
  /** 1 to 200. */
  readonly limit: number;
  readonly cursor: string | null;
};

export type SessionList = { readonly sessions: readonly SessionRow[]; readonly nextCursor: string | null };

/**
 * A page of sessions, the largest first.
 * @throws AppError `invalid_query` for a cursor that is not one of ours for this order.
 */
export async function readSessions(db: Database, query: SessionsQuery): Promise<SessionList> {
  const page = await listSessions(db, {
    projectId: query.projectId,
    sort: query.sort,
    agent: query.agent,
    model: query.model ?? null,
    source: query.source ?? null,
    query: query.query,
    after: query.cursor === null ? null : parseCursor(query.cursor, query.sort),
    limit: query.limit,
  });
  return {
    sessions: page.sessions.map(toSessionRow),
    nextCursor: page.next === null ? null : formatCursor(page.next, query.sort),
  };
}

function formatCursor(cursor: SessionCursor, sort: SessionSort): string {
  return Buffer.from(JSON.stringify([sort, cursor.value, cursor.key])).toString('base64url');
}

function parseCursor(text: string, sort: SessionSort): SessionCursor {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parts)) {
      const [wasSort, value, key]: unknown[] = parts;
      if (wasSort === sort && typeof value === 'string' && isValueOf(sort, value) && isKey(key)) {
        return { value, key };
      }
    }
  } catch {
    // Not JSON: answered below like any other cursor that is not ours.
  }
  throw new AppError('invalid_query', 'The cursor is not one of this list in this order: start without one.');
}

const bigintMax = 9_223_372_036_854_775_807n;

/** Whether Postgres can read it as the column that is sorted by. */
function isValueOf(sort: SessionSort, value: string): boolean {
  if (sort === 'lastActivity') {
    const [, day, time, hours, minutes = ':00'] = /^(\S{10}) (\S{8,15})([+-]\d\d)(:\d\d)?$/.exec(value) ?? [];
    return (
      parseInstant(`${day}T${time}${hours}${minutes}`, { earliestMs: Number.NEGATIVE_INFINITY }) !== null
    );
  }
  const isSum = sort === 'tokens' || sort === 'cost';
  return /^\d{1,40}$/.test(value) && (isSum || BigInt(value) <= bigintMax);
}

function isKey(key: unknown): key is number {
  return typeof key === 'number' && Number.isSafeInteger(key) && key > 0;
}
