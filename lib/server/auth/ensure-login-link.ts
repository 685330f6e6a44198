import 'server-only';
import type { Database } from '#db/database.ts';
import { insertLoginLink } from '#db/queries/insert-login-link.ts';
import { env } from '#lib/env.ts';
import { defaultProjectId } from './auth-service.ts';
import { hashToken } from './hash-token.ts';

/** How long a sign-in link works. */
export const loginLinkMinutes = 30;

/** Registers the token of this start's login link. A token that was registered before is not renewed. */
export async function ensureLoginLink(
  db: Database,
  nowMs: number,
  token: string | undefined = env().PLIMSOLL_LOGIN_TOKEN,
): Promise<void> {
  if (token === undefined) return;
  const expiresAt = new Date(nowMs + loginLinkMinutes * 60_000);
  await insertLoginLink(db, { projectId: defaultProjectId, hash: hashToken(token), expiresAt });
}
