import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { code, instant, projectId } from './columns.ts';

/** Where alerts are sent. The secret signs what is sent, so it is kept as it is; it is shown once. */
export const alertTargets = pgTable(
  'alert_targets',
  {
    projectId: projectId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    kind: code('kind'),
    url: text('url').notNull(),
    secret: text('secret').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    deletedAt: instant('deleted_at'),
  },
  (table) => [primaryKey({ name: 'alert_targets_key', columns: [table.projectId, table.id] })],
);
