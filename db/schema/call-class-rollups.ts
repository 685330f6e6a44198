import { sql } from 'drizzle-orm';
import { check, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { code, count, instant, projectId } from './columns.ts';
import { latencyLanes } from './measures.ts';

/**
 * Model calls with a latency, by UTC bucket of `grain` minutes (15, 60 or 1440) and class of their context
 * (lib/usage/call-class.ts). Folded with the usage rollups, from the same flushes.
 */
export const callClassRollups = pgTable(
  'call_class_rollups',
  {
    projectId: projectId(),
    grain: code('grain'),
    bucket: instant('bucket').notNull(),
    class: code('class'),
    calls: count('calls'),
    late: count('late'),
    ...latencyLanes(),
  },
  (table) => [
    check('call_class_rollups_numbers', sql`latency_lanes <> 'NaN'`),
    primaryKey({
      name: 'call_class_rollups_key',
      columns: [table.projectId, table.grain, table.bucket, table.class],
    }),
  ],
);
