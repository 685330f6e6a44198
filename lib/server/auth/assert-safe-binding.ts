import 'server-only';
import type { Database } from '#db/database.ts';
import type { Env } from '#lib/env.ts';
import { isLoopbackHost } from '#lib/http/request-guard.ts';
import { log } from '#lib/log.ts';
import { defaultProjectId } from './auth-service.ts';
import { findPasswordHash } from './find-password-hash.ts';

const adminKeyCharactersMin = 16;

/**
 * Other machines may reach this server only when a password is set, and no key that can be guessed.
 * @throws Error that says what to do.
 */
export async function assertSafeBinding(
  db: Database,
  env: Pick<Env, 'HOST' | 'PLIMSOLL_ADMIN_KEY'>,
): Promise<void> {
  const isWeak = (env.PLIMSOLL_ADMIN_KEY?.length ?? adminKeyCharactersMin) < adminKeyCharactersMin;
  if (isLoopbackHost(env.HOST)) {
    if (isWeak) log.warn('boot.weak-admin-key', { charactersMin: adminKeyCharactersMin });
    return;
  }
  if (isWeak) {
    throw new Error(
      `HOST=${env.HOST} lets other machines reach Plimsoll: PLIMSOLL_ADMIN_KEY must have at least ${adminKeyCharactersMin} characters.`,
    );
  }
  if ((await findPasswordHash(db, defaultProjectId)) !== null) return;
  throw new Error(
    [
      `HOST=${env.HOST} lets other machines reach Plimsoll, and no password is set.`,
      'Set PLIMSOLL_PASSWORD (at least 10 characters), or start with HOST=127.0.0.1 and run',
      '`npm run password`, or leave HOST unset.',
    ].join('\n'),
  );
}
