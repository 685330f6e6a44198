import 'server-only';
import type { Database } from '#db/database.ts';
import { findSession } from '#db/queries/find-session.ts';
import type { SessionTotals } from '#db/queries/session-columns.ts';
import { unknownSession } from './unknown-session.ts';

/** @throws AppError `not_found` */
export async function getSession(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
): Promise<SessionTotals> {
  const session = await findSession(db, input);
  if (session === null) throw unknownSession(input.id);
  return session;
}
