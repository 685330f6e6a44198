import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, projectId } from './columns.ts';

/** What can be set on the settings page; names and shapes in lib/settings. */
export const settings = pgTable(
  'settings',
  {
    projectId: projectId(),
    name: text('name').notNull(),
    value: jsonb('value').notNull(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ name: 'settings_key', columns: [table.projectId, table.name] })],
);
