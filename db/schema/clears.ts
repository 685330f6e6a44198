import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { count, instant, projectId } from './columns.ts';

/**
 * One clearing of a session's history: the receipt, what an undo puts back, and how far its texts are purged.
 * It hides seq `from_seq + 1` to `through_seq`.
 */
export const clears = pgTable(
  'clears',
  {
    projectId: projectId(),
    id: uuid('id').notNull(),
    sessionId: bigint('session_id', { mode: 'number' }).notNull(),
    fromSeq: bigint('from_seq', { mode: 'number' }).notNull(),
    throughSeq: bigint('through_seq', { mode: 'number' }).notNull(),
    messages: count('messages'),
    bytes: count('bytes'),
    clearedAt: instant('cleared_at').notNull().defaultNow(),
    undoUntil: instant('undo_until').notNull(),
    restoredAt: instant('restored_at'),
    /** Null until the purge began; from then on there is no way back. */
    purgedThrough: bigint('purged_through', { mode: 'number' }),
    purgedAt: instant('purged_at'),
  },
  (table) => [
    primaryKey({ name: 'clears_key', columns: [table.projectId, table.id] }),
    // db/queries/restore-session.ts: what a session's last clearing hid.
    index('clears_by_session').on(table.projectId, table.sessionId, table.throughSeq),
    // db/queries/purge-cleared.ts
    index('clears_due')
      .on(table.projectId, table.undoUntil)
      .where(sql`restored_at is null and purged_at is null`),
    check('clears_range', sql`from_seq >= -1 and through_seq > from_seq and least(messages, bytes) >= 0`),
  ],
);
