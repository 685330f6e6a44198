import { bigint, index, integer, numeric, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { code, projectId } from './columns.ts';

/**
 * Which models a session used and why it ran: one row for each pair, with what it came to. Kept by the fold
 * (db/queries/fold-deltas.ts), because finding the sessions of a rare model in the events would read them all, and
 * adding up a long session all of its calls. A read of the sums adds the deltas; a pair may have come to nothing,
 * where its only call was raised to another model.
 */
export const sessionUses = pgTable(
  'session_uses',
  {
    projectId: projectId(),
    sessionId: bigint('session_id', { mode: 'number' }).notNull(),
    modelId: integer('model_id').notNull(),
    source: code('source'),
    // No defaults: an older version that is still running cannot fold events whose sums it would not add here.
    calls: bigint('calls', { mode: 'number' }).notNull(),
    tokens: numeric('tokens', { precision: 38, scale: 0 }).notNull(),
    costPicoUsd: numeric('cost_pico_usd', { precision: 38, scale: 0 }).notNull(),
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
