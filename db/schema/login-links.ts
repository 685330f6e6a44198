import { pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { bytes, instant, projectId } from './columns.ts';

/** One-time sign-in links: the SHA-256 of the token, and when it was used. */
export const loginLinks = pgTable(
  'login_links',
  {
    projectId: projectId(),
    hash: bytes('hash').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ name: 'login_links_key', columns: [table.projectId, table.hash] })],
);
