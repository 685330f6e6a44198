import 'server-only';
import type { Database } from '#db/database.ts';
import { findSessionOutline } from '#db/queries/find-session-outline.ts';
import { findTurn } from '#db/queries/find-turn.ts';
import type { SessionOutline } from '#lib/chat/session-outline.ts';
import { getSession } from './get-session.ts';
import { unknownSession } from './unknown-session.ts';

const heavyMax = 500;
const marksMax = 100;

/**
 * Where a session's weight, compactions and failed calls are.
 * @throws AppError `not_found`
 */
export async function readOutline(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
): Promise<SessionOutline> {
  const outline = await findSessionOutline(db, { ...input, heavyMax, marksMax });
  if (outline === null) throw unknownSession(input.id);
  return outline;
}

/**
 * The nearest thing that a user said, after or before a message.
 * @throws AppError `not_found`
 */
export async function readTurn(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly seq: number;
    readonly direction: 'next' | 'previous';
  },
): Promise<{ readonly seq: number | null }> {
  const seq = await findTurn(db, input);
  if (seq === null) await getSession(db, input);
  return { seq };
}
