import 'server-only';
import { insertAudit } from '#db/queries/insert-audit.ts';
import {
  type NewLoginSession,
  openLoginSession,
  openLoginSessionByLink,
} from '#db/queries/open-login-session.ts';
import { AppError } from '#lib/errors.ts';
import { auditNote } from './audit-note.ts';
import { type AuthService, defaultProjectId } from './auth-service.ts';
import { findPasswordHash } from './find-password-hash.ts';
import { hashToken, makeToken } from './hash-token.ts';
import { verifyPassword } from './password-hash.ts';

export type LoginCredential = { readonly token: string } | { readonly password: string };

type LoginInput = {
  readonly credential: LoginCredential;
  /** Where the request came from; tries are counted by it. */
  readonly client: string;
};

const sessionMs = 30 * 86_400_000;

/**
 * Signs a browser in by a one-time link's token, PLIMSOLL_ADMIN_KEY, or the password.
 * @returns the cookie's token, new at each sign-in
 * @throws AppError `unauthenticated` (for every kind of wrong, so that nothing can be guessed),
 * `rate_limited`, `database_unavailable`
 */
export async function logIn(service: AuthService, { credential, client }: LoginInput): Promise<string> {
  const giveBack = service.loginLimit.take(client, service.nowMs());
  const token = makeToken();
  const method = 'password' in credential ? 'password' : 'link';
  try {
    const isIn =
      'password' in credential
        ? await openByPassword(service, credential.password, token)
        : await openByToken(service, credential.token, token);
    if (!isIn) {
      const note = auditNote({ actor: 'anonymous', action: 'login_failed', details: { method } });
      await insertAudit(service.db, { projectId: defaultProjectId, note });
      throw new AppError('unauthenticated', 'Signing in was refused.');
    }
  } catch (error) {
    // Only a wrong try counts, not one that the database could not answer.
    if (!(error instanceof AppError && error.code === 'unauthenticated')) giveBack();
    throw error;
  }
  giveBack();
  return token;
}

async function openByPassword(service: AuthService, password: string, token: string): Promise<boolean> {
  const stored = await findPasswordHash(service.db, defaultProjectId);
  if (stored === null || !(await verifyPassword(password, stored))) return false;
  await openLoginSession(service.db, sessionOf(service, token, 'password'), noteOf('password'));
  return true;
}

async function openByToken(service: AuthService, loginToken: string, token: string): Promise<boolean> {
  const linkHash = hashToken(loginToken);
  if (linkHash === service.adminKeyHash) {
    await openLoginSession(service.db, sessionOf(service, token, 'admin_key'), noteOf('admin_key'));
    return true;
  }
  return openLoginSessionByLink(
    service.db,
    { session: sessionOf(service, token, 'link'), linkHash },
    noteOf('link'),
  );
}

function sessionOf(service: AuthService, token: string, method: NewLoginSession['method']): NewLoginSession {
  const nowMs = service.nowMs();
  return {
    projectId: defaultProjectId,
    hash: hashToken(token),
    method,
    now: new Date(nowMs),
    expiresAt: new Date(nowMs + sessionMs),
  };
}

function noteOf(method: NewLoginSession['method']) {
  return auditNote({ actor: 'browser', action: 'login', details: { method } });
}
