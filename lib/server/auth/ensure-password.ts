import 'server-only';
import type { Database } from '#db/database.ts';
import { env } from '#lib/env.ts';
import { AppError } from '#lib/errors.ts';
import { defaultProjectId } from './auth-service.ts';
import { findPasswordHash } from './find-password-hash.ts';
import { verifyPassword } from './password-hash.ts';
import { setPassword } from './set-password.ts';

const triesMax = 3;

/** Makes PLIMSOLL_PASSWORD the password. Where it is already, nobody is signed out. */
export async function ensurePassword(
  db: Database,
  password: string | undefined = env().PLIMSOLL_PASSWORD,
): Promise<void> {
  if (password === undefined) return;
  const projectId = defaultProjectId;
  for (let attempt = 1; ; attempt += 1) {
    const from = await findPasswordHash(db, projectId);
    if (from !== null && (await verifyPassword(password, from))) return;
    try {
      return await setPassword(db, { projectId, password, from, actor: 'start', keptSessionHash: null });
    } catch (error) {
      // A replica that starts at the same moment has set it: look again.
      if (!(error instanceof AppError && error.code === 'conflict') || attempt === triesMax) throw error;
    }
  }
}
