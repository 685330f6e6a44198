import 'server-only';
import type { Database } from '#db/database.ts';
import { findSession } from '#db/queries/find-session.ts';
import type { SessionTotals } from '#db/queries/session-columns.ts';
import { AppError } from '#lib/errors.ts';

/** @throws AppError `not_found` */
export async function getSession(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
): Promise<SessionTotals> {
  const session = await findSession(db, input);
  if (session === null) throw new AppError('not_found', `There is no session “${input.id.slice(0, 200)}”.`);
  return session;
}
