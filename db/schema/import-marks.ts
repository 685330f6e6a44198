import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { count, instant, projectId } from './columns.ts';

/** How far each log file was imported, so that the next import goes on there: lib/server/import/import-marks.ts. */
export const importMarks = pgTable(
  'import_marks',
  {
    projectId: projectId(),
    /** Of the machine and the path. */
    id: uuid('id').notNull(),
    path: text('path').notNull(),
    offset: count('byte_offset'),
    fingerprint: text('fingerprint').notNull(),
    /** JSON text of the reader, at most some 100 KB. */
    state: text('state').notNull(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ name: 'import_marks_key', columns: [table.projectId, table.id] })],
);
