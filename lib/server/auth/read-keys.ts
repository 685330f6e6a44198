import 'server-only';
import type { Database } from '#db/database.ts';
import { listApiKeys } from '#db/queries/list-api-keys.ts';
import { isKeyScope, type KeyScope } from '#lib/settings/key-scope.ts';

export type KeyView = {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly KeyScope[];
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
};

/** The project's keys, the newest first, revoked ones too. */
export async function readKeys(db: Database, projectId: number): Promise<readonly KeyView[]> {
  const keys = await listApiKeys(db, projectId);
  return keys.map((key) => ({
    ...key,
    scopes: key.scopes.filter(isKeyScope),
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }));
}
