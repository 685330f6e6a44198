import { integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { addedAt, projectId } from './columns.ts';

/** Dictionary: which model of which provider answered (or was asked for). */
export const models = pgTable(
  'models',
  {
    projectId: projectId(),
    id: integer('id').notNull(),
    provider: text('provider').notNull(),
    name: text('name').notNull(),
    addedAt: addedAt(),
  },
  (table) => [
    primaryKey({ name: 'models_key', columns: [table.projectId, table.id] }),
    unique('models_name').on(table.projectId, table.provider, table.name),
  ],
);
