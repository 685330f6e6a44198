import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, projectId } from './columns.ts';

/** Who did what to keys, settings, prices and histories. Append-only. */
export const audit = pgTable(
  'audit',
  {
    projectId: projectId(),
    id: uuid('id').notNull(),
    ts: instant('ts').notNull().defaultNow(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    details: jsonb('details').notNull(),
  },
  (table) => [
    primaryKey({ name: 'audit_key', columns: [table.projectId, table.id] }),
    index('audit_by_time').on(table.projectId, table.ts),
  ],
);
