import { boolean, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** The tenants. On Citus a reference table. */
export const projects = pgTable(
  'projects',
  {
    id: integer('id').primaryKey(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull().default('UTC'),
    isDemo: boolean('is_demo').notNull().default(false),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [unique('projects_slug').on(table.slug)],
);
