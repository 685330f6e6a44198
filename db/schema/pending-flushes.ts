import { bigint, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { projectId } from './columns.ts';

/**
 * Flushes whose events are not folded into the rollups yet: one row a flush, written by the statement that
 * inserts its events and deleted by the one that folds them. The view `rollup_deltas` (in the migrations)
 * shows those events, and the corrections, as what is to be added to the rollups.
 */
export const pendingFlushes = pgTable(
  'pending_flushes',
  {
    projectId: projectId(),
    /** Ascending with time in each process. */
    flushId: bigint('flush_id', { mode: 'number' }).notNull(),
    events: integer('events').notNull(),
  },
  (table) => [primaryKey({ name: 'pending_flushes_key', columns: [table.projectId, table.flushId] })],
);
