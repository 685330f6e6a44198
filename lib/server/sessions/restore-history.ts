import 'server-only';
import type { Database } from '#db/database.ts';
import { restoreSession } from '#db/queries/restore-session.ts';
import type { RestoreReceipt } from '#lib/chat/clear-receipt.ts';
import { AppError } from '#lib/errors.ts';
import { auditNote } from '../auth/audit-note.ts';
import { actorOf, type Principal } from '../auth/principal.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { getSession } from './get-session.ts';

/**
 * Takes the last clearing of a session back while its time lasts. Called again, it takes back the one before.
 * @throws AppError `not_found`; `conflict` where nothing can be taken back (any more)
 */
export async function restoreHistory(
  db: Database,
  input: { readonly by: Principal; readonly id: string; readonly announce: LiveHub['publish'] },
): Promise<RestoreReceipt> {
  const { by, id } = input;
  const note = auditNote({ actor: actorOf(by), action: 'history_restored', details: { session: id } });
  const restored = await restoreSession(db, { projectId: by.projectId, id }, note);
  if (restored !== null) {
    input.announce(by.projectId, { topics: ['messages'], sessions: [id] });
    return restored;
  }
  await getSession(db, { projectId: by.projectId, id });
  throw new AppError(
    'conflict',
    'There is nothing to restore: the time to undo is over, or nothing was cleared.',
  );
}
