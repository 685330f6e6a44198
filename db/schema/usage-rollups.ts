import { integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { code, instant, projectId } from './columns.ts';
import { latencyLanes, measures, measuresCheck } from './measures.ts';

/**
 * Sums by UTC bucket. `grain` is 15, 60 or 1440 minutes; `scope` says which dimensions the row keeps
 * (lib/usage/rollup-scope.ts), the others are 0. The first bucket columns serve range reads of one scope.
 */
export const usageRollups = pgTable(
  'usage_rollups',
  {
    projectId: projectId(),
    scope: code('scope'),
    grain: code('grain'),
    bucket: instant('bucket').notNull(),
    agentId: integer('agent_id').notNull(),
    modelId: integer('model_id').notNull(),
    source: code('source'),
    ...measures(),
    ...latencyLanes(),
  },
  (table) => [
    measuresCheck('usage_rollups_numbers'),
    primaryKey({
      name: 'usage_rollups_key',
      columns: [
        table.projectId,
        table.scope,
        table.grain,
        table.bucket,
        table.agentId,
        table.modelId,
        table.source,
      ],
    }),
  ],
);
