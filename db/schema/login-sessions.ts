import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant, projectId } from './columns.ts';

/** A signed-in browser. The row is found by the SHA-256 of the cookie's 32 random bytes. */
export const loginSessions = pgTable(
  'login_sessions',
  {
    projectId: projectId(),
    hash: bytes('hash').notNull(),
    /** The project that it looks at, when that is not its own. One that is gone counts as none. */
    shownProjectId: integer('shown_project_id'),
    method: text('method').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'login_sessions_key', columns: [table.projectId, table.hash] }),
    index('login_sessions_by_hash').on(table.hash),
  ],
);
