import { bigint, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { projectId } from './columns.ts';

/**
 * Flushes whose operations are not folded into `operation_rollups` yet: one row a flush, written by the
 * statement that inserts its operations and deleted by the one that folds them.
 */
export const pendingOperations = pgTable(
  'pending_operations',
  {
    projectId: projectId(),
    flushId: bigint('flush_id', { mode: 'number' }).notNull(),
    operations: integer('operations').notNull(),
  },
  (table) => [primaryKey({ name: 'pending_operations_key', columns: [table.projectId, table.flushId] })],
);
