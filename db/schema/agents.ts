import { integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { addedAt, projectId } from './columns.ts';

/** Dictionary: who spends. */
export const agents = pgTable(
  'agents',
  {
    projectId: projectId(),
    id: integer('id').notNull(),
    name: text('name').notNull(),
    addedAt: addedAt(),
  },
  (table) => [
    primaryKey({ name: 'agents_key', columns: [table.projectId, table.id] }),
    unique('agents_name').on(table.projectId, table.name),
  ],
);
