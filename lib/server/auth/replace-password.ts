import 'server-only';
import type { Database } from '#db/database.ts';
import { defaultProjectId } from './auth-service.ts';
import { findPasswordHash } from './find-password-hash.ts';
import { setPassword } from './set-password.ts';

/**
 * Sets the password without asking for the present one, for whoever holds the console, and signs all
 * browsers out.
 */
export async function replacePassword(db: Database, password: string): Promise<void> {
  const projectId = defaultProjectId;
  const from = await findPasswordHash(db, projectId);
  await setPassword(db, { projectId, password, from, actor: 'console', keptSessionHash: null });
}
