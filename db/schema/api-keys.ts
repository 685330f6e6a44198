import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant, projectId } from './columns.ts';

/** SHA-256 of 32 random bytes needs no salt and no slow hash. The key itself is shown once and never stored. */
export const apiKeys = pgTable(
  'api_keys',
  {
    projectId: projectId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    prefix: text('prefix').notNull(),
    hash: bytes('hash').notNull(),
    scopes: text('scopes').array().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastUsedAt: instant('last_used_at'),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    primaryKey({ name: 'api_keys_key', columns: [table.projectId, table.id] }),
    // db/queries/find-api-key.ts: a request brings the key only, not its project.
    index('api_keys_by_hash').on(table.hash),
  ],
);
