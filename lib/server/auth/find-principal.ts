import 'server-only';
import { LRUCache } from 'lru-cache';
import type { LoginSessionRow } from '#db/queries/find-login-sessions.ts';
import { touchLoginSession } from '#db/queries/touch-login-session.ts';
import { keyScopes } from '#lib/settings/key-scope.ts';
import { type AuthService, authService, defaultProjectId } from './auth-service.ts';
import { hashToken } from './hash-token.ts';
import type { Principal } from './principal.ts';
import { readSessionCookie } from './session-cookie.ts';

export type Credentials = {
  /** The Authorization header. Only the Bearer scheme is a key of ours; a proxy may use another for itself. */
  readonly authorization: string | null;
  /** The x-api-key header. */
  readonly apiKey: string | null;
  /** The Cookie header. */
  readonly cookie: string | null;
};

const keyLengthMax = 256;
const idleMs = 12 * 3_600_000;
const seenEveryMs = 60_000;

/** SHA-256 of the keys that last opened something. Whether a key still does is asked of `AuthService.keys`. */
const hashes = new LRUCache<string, string>({ max: 1_000 });

/**
 * Who sent a request, null when nobody we know. A key decides alone: a wrong one is never made good by a
 * cookie. A key seen in the last five seconds is answered from memory, also while the database is away.
 * @throws AppError `database_unavailable` when it cannot be found out, `overloaded` in a flood
 */
export async function findPrincipal(
  credentials: Credentials,
  service: AuthService = authService(),
): Promise<Principal | null> {
  const key = readKey(credentials);
  if (key !== null) return findByKey(key, service);
  const token = readSessionCookie(credentials.cookie, service);
  return token === null ? null : findBySession(hashToken(token), service);
}

/**
 * The same without a promise, for a key that opened something lately; undefined says nothing yet. On the path
 * of every event a promise costs more than the look-up.
 */
export function peekPrincipal(
  credentials: Credentials,
  service: AuthService = authService(),
): Principal | undefined {
  const key = readKey(credentials);
  const hash = key === null ? undefined : hashes.get(key);
  if (hash === undefined) return undefined;
  if (hash === service.adminKeyHash) return adminPrincipal;
  const grant = service.keys.peek(hash);
  return grant ? { kind: 'key', ...grant } : undefined;
}

const adminPrincipal: Principal = {
  kind: 'key',
  projectId: defaultProjectId,
  scopes: keyScopes,
  keyId: null,
};

function readKey({ authorization, apiKey }: Credentials): string | null {
  const bearer = authorization === null ? null : /^bearer(?: +(.*))?$/i.exec(authorization.trim());
  if (bearer) return bearer[1] ?? '';
  return apiKey === null || apiKey === '' ? null : apiKey;
}

async function findByKey(key: string, service: AuthService): Promise<Principal | null> {
  if (key === '' || key.length > keyLengthMax) return null;
  const remembered = hashes.get(key);
  const hash = remembered ?? hashToken(key);
  if (hash === service.adminKeyHash) {
    if (remembered === undefined) hashes.set(key, hash);
    return adminPrincipal;
  }
  const known = service.keys.peek(hash);
  const grant = known === undefined ? await service.keys.find(hash) : known;
  if (grant === null) return null;
  // Only good keys, or a flood of wrong ones would push them out.
  if (remembered === undefined) hashes.set(key, hash);
  return { kind: 'key', ...grant };
}

async function findBySession(sessionHash: string, service: AuthService): Promise<Principal | null> {
  const session = await service.findSession(sessionHash);
  if (session === null) return null;
  const nowMs = service.nowMs();
  if (isOver(session, nowMs)) return null;
  if (nowMs - session.lastSeenAt.getTime() >= seenEveryMs) {
    touchLoginSession(service.db, {
      projectId: session.projectId,
      hash: sessionHash,
      now: new Date(nowMs),
    }).catch(() => {
      // The next request of this browser tries again.
    });
  }
  const { projectId: homeProjectId, shownProjectId: projectId } = session;
  return { kind: 'browser', projectId, homeProjectId, scopes: keyScopes, sessionHash };
}

function isOver({ lastSeenAt, expiresAt }: LoginSessionRow, nowMs: number): boolean {
  return expiresAt.getTime() <= nowMs || lastSeenAt.getTime() + idleMs <= nowMs;
}
