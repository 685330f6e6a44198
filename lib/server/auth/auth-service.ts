import 'server-only';
import { database } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { findApiKeys } from '#db/queries/find-api-keys.ts';
import { findLoginSessions, type LoginSessionRow } from '#db/queries/find-login-sessions.ts';
import { touchApiKey } from '#db/queries/touch-api-key.ts';
import { env } from '#lib/env.ts';
import { gatherLookups } from './gather-lookups.ts';
import { hashToken } from './hash-token.ts';
import { type KeyCache, keyCache } from './key-cache.ts';
import { type LoginLimit, loginLimit } from './login-limit.ts';

export type AuthService = {
  readonly db: Database;
  readonly keys: KeyCache;
  readonly findSession: (hash: string) => Promise<LoginSessionRow | null>;
  readonly loginLimit: LoginLimit;
  /** SHA-256 of PLIMSOLL_ADMIN_KEY, hex. */
  readonly adminKeyHash: string | null;
  /** True when people come by https. */
  readonly isHttps: boolean;
  readonly nowMs: () => number;
};

export type AuthOptions = {
  readonly adminKey?: string | undefined;
  readonly publicUrl?: string | undefined;
  /** For tests; default the clock. */
  readonly nowMs?: () => number;
};

/** The project that signing in and PLIMSOLL_ADMIN_KEY open. */
export const defaultProjectId = 1;

const slot = Symbol.for('plimsoll.auth');
type Holder = typeof globalThis & { [slot]?: AuthService };

/** The process's one: a key revoked by a route is forgotten by the front door too (see `database()`). */
export function authService(): AuthService {
  const holder: Holder = globalThis;
  holder[slot] ??= openAuthService(database(), {
    adminKey: env().PLIMSOLL_ADMIN_KEY,
    publicUrl: env().PLIMSOLL_PUBLIC_URL,
  });
  return holder[slot];
}

export function openAuthService(db: Database, options: AuthOptions = {}): AuthService {
  const { adminKey, publicUrl, nowMs = Date.now } = options;
  return {
    db,
    keys: keyCache({
      load: (hashes) => findApiKeys(db, hashes),
      touch: ({ projectId, keyId }) => touchApiKey(db, { projectId, keyId, now: new Date(nowMs()) }),
      nowMs,
    }),
    findSession: gatherLookups({ load: (hashes) => findLoginSessions(db, hashes) }),
    loginLimit: loginLimit(),
    adminKeyHash: adminKey === undefined ? null : hashToken(adminKey),
    isHttps: publicUrl?.startsWith('https:') ?? false,
    nowMs,
  };
}
