import { downloadText } from '#components/overview/download-text.ts';
import { exportedRowsMax, exportSessions } from '#lib/client/export-sessions.ts';
import type { SessionFilter } from '#lib/client/sessions-query.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { sessionsCsv } from '#lib/sessions/sessions-csv.ts';

/** Hands what the filter lets through to the browser as a file. @returns what is to be said of it, if anything */
export async function saveSessions(filter: SessionFilter): Promise<string | null> {
  const { sessions, isCut } = await exportSessions(filter);
  downloadText({ name: 'plimsoll-sessions.csv', type: 'text/csv', text: sessionsCsv(sessions) });
  return isCut
    ? `The file holds the first ${formatCount(exportedRowsMax)} sessions: filter for others.`
    : null;
}
