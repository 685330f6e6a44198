import type { SessionRow } from '#lib/sessions/session-row.ts';
import { fetchJson } from './fetch-json.ts';
import { sessionRow } from './session-row.ts';
import { type SessionFilter, sessionsPath } from './sessions-query.ts';
import * as shape from './shape.ts';

const answer = shape.object({ sessions: shape.array(sessionRow), nextCursor: shape.nullable(shape.string) });
const pageRows = 200;
/** What a browser can hold and a spreadsheet opens; past it the file says that it is cut. */
export const exportedRowsMax = 20_000;

/** The sessions that pass a filter, in its order, at most 20,000. */
export async function exportSessions(
  filter: SessionFilter,
): Promise<{ readonly sessions: readonly SessionRow[]; readonly isCut: boolean }> {
  const sessions: SessionRow[] = [];
  let cursor: string | null = null;
  do {
    const page: shape.ValueOf<typeof answer> = await fetchJson({
      path: sessionsPath(filter, { cursor, limit: pageRows }),
      schema: answer,
    });
    sessions.push(...page.sessions);
    cursor = page.nextCursor;
  } while (cursor !== null && sessions.length < exportedRowsMax);
  return { sessions, isCut: cursor !== null };
}
