import { bigint, index, integer, pgTable } from 'drizzle-orm/pg-core';
import { code, instant, projectId } from './columns.ts';
import { latencyLanes, measures, measuresCheck } from './measures.ts';

/**
 * What a raised event changes of sums that are folded already: its old values negative, its new ones
 * positive. Few; taken up by the next fold.
 */
export const rollupCorrections = pgTable(
  'rollup_corrections',
  {
    projectId: projectId(),
    bucket: instant('bucket').notNull(),
    sessionId: bigint('session_id', { mode: 'number' }),
    agentId: integer('agent_id').notNull(),
    modelId: integer('model_id').notNull(),
    source: code('source'),
    ...measures(),
    contextMax: bigint('context_max', { mode: 'number' }).notNull(),
    firstTs: instant('first_ts').notNull(),
    lastTs: instant('last_ts').notNull(),
    ...latencyLanes(),
  },
  (table) => [
    index('rollup_corrections_by_project').on(table.projectId),
    measuresCheck('rollup_corrections_numbers'),
  ],
);
