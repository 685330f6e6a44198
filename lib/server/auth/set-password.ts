import 'server-only';
import type { Database } from '#db/database.ts';
import { changePassword } from '#db/queries/change-password.ts';
import { AppError } from '#lib/errors.ts';
import { auditNote } from './audit-note.ts';
import { hashPassword } from './password-hash.ts';

export type PasswordToSet = {
  readonly projectId: number;
  readonly password: string;
  /** The hash that the caller saw; null for none. */
  readonly from: string | null;
  readonly actor: string;
  /** The browser that stays signed in; all others are signed out. */
  readonly keptSessionHash: string | null;
};

/** Stores a password. @throws AppError `conflict` when somebody else set one in the meantime */
export async function setPassword(db: Database, input: PasswordToSet): Promise<void> {
  const { projectId, password, from, actor, keptSessionHash } = input;
  const to = await hashPassword(password);
  const note = auditNote({ actor, action: 'password_changed', details: {} });
  if (!(await changePassword(db, { projectId, from, to, keptSessionHash }, note))) {
    throw new AppError('conflict', 'The password was changed by somebody else. Try again.');
  }
}
