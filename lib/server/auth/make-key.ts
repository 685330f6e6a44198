import 'server-only';
import { randomUUID } from 'node:crypto';
import { insertApiKey } from '#db/queries/insert-api-key.ts';
import { AppError } from '#lib/errors.ts';
import type { KeyScope } from '#lib/settings/key-scope.ts';
import { auditNote } from './audit-note.ts';
import type { AuthService } from './auth-service.ts';
import { hashToken, makeToken } from './hash-token.ts';
import { actorOf, type Principal } from './principal.ts';

export type MadeKey = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly KeyScope[];
  readonly createdAt: string;
  /** The secret. It is answered this once and stored nowhere. */
  readonly key: string;
};

const prefixCharacters = 12;

/** What a list shows of a key: enough to tell two apart, of no use to anybody else. */
export function keyPrefix(key: string): string {
  return key.slice(0, prefixCharacters);
}

/** Makes a key of 256 random bits: `plim_` and 43 characters. @throws AppError `database_unavailable` */
export async function makeKey(
  service: AuthService,
  by: Principal,
  input: { readonly name: string; readonly scopes: readonly KeyScope[] },
): Promise<MadeKey> {
  const key = `plim_${makeToken()}`;
  const id = randomUUID();
  const prefix = keyPrefix(key);
  const { name, scopes } = input;
  const note = auditNote({ actor: actorOf(by), action: 'key_made', details: { id, name, scopes } });
  const row = { projectId: by.projectId, id, name, prefix, hash: hashToken(key), scopes };
  const made = await insertApiKey(service.db, row, note);
  if (made === null) throw new AppError('conflict', 'This key was made already. Make another.');
  return { id, name, prefix, scopes, createdAt: made.createdAt.toISOString(), key };
}
