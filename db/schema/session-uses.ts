import { bigint, index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { code, projectId } from './columns.ts';

/**
 * Which models a session used and why it ran: one row for each pair. Kept by the fold (db/queries/fold-deltas.ts),
 * because finding the sessions of a rare model in the events would read them all.
 */
export const sessionUses = pgTable(
  'session_uses',
  {
    projectId: projectId(),
    sessionId: bigint('session_id', { mode: 'number' }).notNull(),
    modelId: integer('model_id').notNull(),
    source: code('source'),
  },
  (table) => [
    primaryKey({
      name: 'session_uses_key',
      columns: [table.projectId, table.sessionId, table.modelId, table.source],
    }),
    // db/queries/list-sessions.ts: the sessions of a model, and of a source.
    index('session_uses_by_model').on(table.projectId, table.modelId, table.source, table.sessionId),
    index('session_uses_by_source').on(table.projectId, table.source, table.sessionId),
  ],
);
