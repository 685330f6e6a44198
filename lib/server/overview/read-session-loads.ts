import 'server-only';
import type { Database } from '#db/database.ts';
import { listContextSlopes } from '#db/queries/list-context-slopes.ts';
import { listSessions } from '#db/queries/list-sessions.ts';
import type { SessionTotals } from '#db/queries/session-columns.ts';
import type { Overview, SessionLoad } from '#lib/overview/overview.ts';
import { toSessionLoad } from '#lib/overview/session-load.ts';
import { toSessionRow } from '../sessions/to-session-row.ts';

const shownMax = 8;
/** Among how many of the last active sessions the fastest are looked for. */
const activeMax = 60;

/** The heaviest sessions, and of the last active ones those whose context grows fastest. */
export async function readSessionLoads(
  db: Database,
  { projectId, nowMs }: { readonly projectId: number; readonly nowMs: number },
): Promise<Pick<Overview, 'heaviestSessions' | 'fastestSessions'>> {
  const filter = { projectId, agent: null, model: null, source: null, query: null, after: null };
  const [heaviest, active] = await Promise.all([
    listSessions(db, { ...filter, sort: 'bytes', limit: shownMax }),
    listSessions(db, { ...filter, sort: 'lastActivity', limit: activeMax }),
  ]);
  const keys = new Set([...heaviest.sessions, ...active.sessions].map(({ key }) => key));
  const slopes = await listContextSlopes(db, { projectId, sessions: [...keys] });
  const toLoad = (totals: SessionTotals): SessionLoad =>
    toSessionLoad(toSessionRow(totals), { tokensPerCall: slopes.get(totals.key) ?? null, nowMs });
  return {
    heaviestSessions: heaviest.sessions.map(toLoad),
    fastestSessions: active.sessions
      .map(toLoad)
      .filter(({ tokensPerCall }) => tokensPerCall !== null && tokensPerCall >= 1)
      .sort((a, b) => (b.tokensPerCall ?? 0) - (a.tokensPerCall ?? 0))
      .slice(0, shownMax),
  };
}
