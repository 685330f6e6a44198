import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { count, instant, projectId, sum } from './columns.ts';

/**
 * One conversation with its running totals. Message totals change with the append; usage totals are
 * folded from the deltas, so a read of them adds the deltas.
 */
export const sessions = pgTable(
  'sessions',
  {
    projectId: projectId(),
    id: bigint('id', { mode: 'number' }).notNull(),
    externalId: text('external_id').notNull(),
    agentId: integer('agent_id').notNull(),
    messages: count('messages'),
    bytes: count('bytes'),
    messageTokens: sum('message_tokens'),
    largestMessageBytes: count('largest_message_bytes'),
    compactions: count('compactions'),
    calls: count('calls'),
    errors: count('errors'),
    inputTokens: sum('input_tokens'),
    cacheReadTokens: sum('cache_read_tokens'),
    cacheWrite5mTokens: sum('cache_write_5m_tokens'),
    cacheWrite1hTokens: sum('cache_write_1h_tokens'),
    outputTokens: sum('output_tokens'),
    reasoningTokens: sum('reasoning_tokens'),
    unpricedTokens: sum('unpriced_tokens'),
    tokens: sum('tokens'),
    costPicoUsd: sum('cost_pico_usd'),
    contextHighWater: count('context_high_water'),
    firstActivity: instant('first_activity').notNull(),
    lastActivity: instant('last_activity').notNull(),
    /** Dense from 0; -1 while there is no message. */
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull().default(-1),
    epoch: integer('epoch').notNull().default(0),
    clearedThroughSeq: bigint('cleared_through_seq', { mode: 'number' }).notNull().default(-1),
  },
  (table) => [
    primaryKey({ name: 'sessions_key', columns: [table.projectId, table.id] }),
    unique('sessions_external').on(table.projectId, table.externalId),
    // db/queries/list-sessions.ts, one for each order it offers.
    index('sessions_by_bytes').on(table.projectId, table.bytes, table.id),
    index('sessions_by_tokens').on(table.projectId, table.tokens, table.id),
    index('sessions_by_cost').on(table.projectId, table.costPicoUsd, table.id),
    index('sessions_by_messages').on(table.projectId, table.messages, table.id),
    index('sessions_by_context').on(table.projectId, table.contextHighWater, table.id),
    index('sessions_by_last_activity').on(table.projectId, table.lastActivity, table.id),
    // db/queries/list-sessions.ts: the keys of an agent's sessions, from the index alone.
    index('sessions_by_agent').on(table.projectId, table.agentId, table.id),
    // db/queries/fill-message-blocks.ts: the few whose messages are summed in blocks.
    index('sessions_long').on(table.projectId, table.id).where(sql`last_seq >= 8191`),
    check(
      'sessions_counts',
      sql`least(messages, bytes, largest_message_bytes, compactions, context_high_water, epoch) >= 0 and last_seq >= -1 and cleared_through_seq between -1 and last_seq`,
    ),
  ],
);
