import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { code, instant, projectId } from './columns.ts';

/** The outbox: one row for each message to each target, written with what it tells of. */
export const deliveries = pgTable(
  'deliveries',
  {
    projectId: projectId(),
    id: uuid('id').notNull(),
    /** Null for a test message. */
    alertId: uuid('alert_id'),
    targetId: uuid('target_id').notNull(),
    state: code('state'),
    attempts: integer('attempts').notNull().default(0),
    payload: jsonb('payload').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    deliveredAt: instant('delivered_at'),
    lastError: text('last_error'),
  },
  (table) => [
    primaryKey({ name: 'deliveries_key', columns: [table.projectId, table.id] }),
    // db/queries/claim-deliveries.ts
    index('deliveries_due').on(table.projectId, table.nextAttemptAt).where(sql`state = 0`),
    // db/queries/list-alert-targets.ts: the last ones of a target.
    index('deliveries_by_target').on(table.projectId, table.targetId, table.createdAt),
  ],
);
