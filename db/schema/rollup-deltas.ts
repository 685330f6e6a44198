import { bigint, index, integer, pgTable } from 'drizzle-orm/pg-core';
import { code, instant, projectId } from './columns.ts';
import { latencyHistogram, measures, measuresCheck } from './measures.ts';

/**
 * Append-only: written by the very statement that inserts the events, from the rows really inserted,
 * and folded into the rollups a second later. Corrections are negative rows.
 */
export const rollupDeltas = pgTable(
  'rollup_deltas',
  {
    projectId: projectId(),
    /** Ascending with time; bounds one pass of the compactor. */
    flushId: bigint('flush_id', { mode: 'number' }).notNull(),
    bucket: instant('bucket').notNull(),
    sessionId: bigint('session_id', { mode: 'number' }),
    agentId: integer('agent_id').notNull(),
    modelId: integer('model_id').notNull(),
    source: code('source'),
    ...measures(),
    contextMax: bigint('context_max', { mode: 'number' }).notNull(),
    firstTs: instant('first_ts').notNull(),
    lastTs: instant('last_ts').notNull(),
    ...latencyHistogram(),
  },
  // db/queries/fold-deltas.ts takes the oldest flushes of a project; reads add all of a project's rows.
  (table) => [
    index('rollup_deltas_by_flush').on(table.projectId, table.flushId),
    measuresCheck('rollup_deltas_numbers'),
  ],
);
