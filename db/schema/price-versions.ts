import { integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { projectId } from './columns.ts';

/** Dictionary: which price list, or which override, an event was priced with. */
export const priceVersions = pgTable(
  'price_versions',
  { projectId: projectId(), id: integer('id').notNull(), name: text('name').notNull() },
  (table) => [
    primaryKey({ name: 'price_versions_key', columns: [table.projectId, table.id] }),
    unique('price_versions_name').on(table.projectId, table.name),
  ],
);
