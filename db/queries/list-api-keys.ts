import { desc, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { apiKeys } from '../schema/api-keys.ts';

const rowsMax = 1_000;

/** A project's keys, the newest first, revoked ones too; never their hashes. */
export async function listApiKeys(db: Database, projectId: number) {
  return db.ask((orm) =>
    orm
      .select({
        id: apiKeys.id,
        name: apiKeys.name,
        prefix: apiKeys.prefix,
        scopes: apiKeys.scopes,
        createdAt: apiKeys.createdAt,
        lastUsedAt: apiKeys.lastUsedAt,
        revokedAt: apiKeys.revokedAt,
      })
      .from(apiKeys)
      .where(eq(apiKeys.projectId, projectId))
      .orderBy(desc(apiKeys.createdAt), apiKeys.id)
      .limit(rowsMax),
  );
}
