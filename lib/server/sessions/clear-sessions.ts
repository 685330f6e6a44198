import 'server-only';
import type { z } from 'zod';
import type { Database } from '#db/database.ts';
import { listClearableSessions, type SessionFilter } from '#db/queries/list-clearable-sessions.ts';
import type { ClearedSession, ClearSessionsAnswer } from '#lib/chat/clear-receipt.ts';
import { env } from '#lib/env.ts';
import type { clearSessionsBody } from '#lib/http/contract/clear-contract.ts';
import type { Principal } from '../auth/principal.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { clearHistory } from './clear-history.ts';

/** Sessions of one request; each is a short statement of its own. */
const sessionsMax = 500;

/** Clears whole histories of the sessions that fit a filter, the largest first, or only tells which. */
export async function clearSessions(
  db: Database,
  input: {
    readonly by: Principal;
    readonly body: z.output<typeof clearSessionsBody>;
    readonly announce: LiveHub['publish'];
  },
): Promise<ClearSessionsAnswer> {
  const { by, body } = input;
  const { dryRun } = body;
  const found = await listClearableSessions(db, {
    projectId: by.projectId,
    filter: toFilter(body),
    limit: sessionsMax + 1,
  });
  const sessions: ClearedSession[] = [];
  for (const session of found.slice(0, sessionsMax)) {
    if (dryRun) {
      sessions.push({ ...session, undoUntil: null });
      continue;
    }
    const receipt = await clearHistory(db, {
      by,
      id: session.id,
      scope: { kind: 'all' },
      dryRun: false,
      undoMinutes: env().PLIMSOLL_UNDO_MINUTES,
    });
    input.announce(by.projectId, { topics: ['messages'], sessions: [session.id] });
    const { messages, bytes, undoUntil } = receipt;
    sessions.push({ id: session.id, messages, bytes, undoUntil });
  }
  return {
    dryRun,
    sessions,
    messages: sessions.reduce((sum, { messages }) => sum + messages, 0),
    bytes: sessions.reduce((sum, { bytes }) => sum + bytes, 0),
    more: found.length > sessionsMax,
  };
}

function toFilter(body: z.output<typeof clearSessionsBody>): SessionFilter {
  return {
    agent: body.agent ?? null,
    query: body.q ?? null,
    ids: body.ids ?? null,
    inactiveSince: body.inactiveSince === undefined ? null : new Date(body.inactiveSince),
    bytesMin: body.bytesMin ?? null,
  };
}
