import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, projectId } from './columns.ts';

/** One row for each time slot of a periodic job: whoever inserts it runs the job, so no slot runs twice. */
export const jobRuns = pgTable(
  'job_runs',
  {
    projectId: projectId(),
    job: text('job').notNull(),
    slot: instant('slot').notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
    outcome: jsonb('outcome'),
  },
  (table) => [primaryKey({ name: 'job_runs_key', columns: [table.projectId, table.job, table.slot] })],
);
