import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { code, count, countOrNull, instant, picoUsd, projectId } from './columns.ts';

/**
 * The ledger: one row a model call. Never cleared; changed only where an importer raises a streamed row.
 * `id` is `eventKey(id as sent)`; `external_id` keeps what was sent when that was not a UUID.
 * Identity is (project, id) alone: docs/decisions/0002-event-identity.md.
 */
export const usageEvents = pgTable(
  'usage_events',
  {
    id: uuid('id').notNull(),
    ts: instant('ts').notNull(),
    sessionId: bigint('session_id', { mode: 'number' }),
    /** Which flush brought it: finds the events that are not folded yet. */
    flushId: bigint('flush_id', { mode: 'number' }).notNull(),
    inputTokens: count('input_tokens'),
    cacheReadTokens: count('cache_read_tokens'),
    cacheWrite5mTokens: count('cache_write_5m_tokens'),
    cacheWrite1hTokens: count('cache_write_1h_tokens'),
    outputTokens: count('output_tokens'),
    reasoningTokens: count('reasoning_tokens'),
    costPicoUsd: picoUsd('cost_pico_usd').notNull(),
    costReportedPicoUsd: picoUsd('cost_reported_pico_usd'),
    requestBytes: countOrNull('request_bytes'),
    responseBytes: countOrNull('response_bytes'),
    projectId: projectId(),
    agentId: integer('agent_id').notNull(),
    modelId: integer('model_id').notNull(),
    requestedModelId: integer('requested_model_id'),
    priceVersionId: integer('price_version_id'),
    latencyMs: integer('latency_ms'),
    ttftMs: integer('ttft_ms'),
    source: code('source'),
    status: code('status'),
    priceStatus: code('price_status'),
    externalId: text('external_id'),
    error: text('error'),
    holdId: text('hold_id'),
    attributes: jsonb('attributes'),
  },
  (table) => [
    primaryKey({ name: 'usage_events_key', columns: [table.projectId, table.id] }),
    // db/queries/list-session-calls.ts: the calls of one session in order.
    index('usage_events_by_session').on(table.projectId, table.sessionId, table.ts),
    // db/queries/sum-usage.ts: the edges of a range that does not start on a quarter hour.
    index('usage_events_by_time').on(table.projectId, table.ts),
    // db/queries/fold-deltas.ts and the view rollup_deltas: the events of a flush. Ascending, so cheap to keep.
    index('usage_events_by_flush').on(table.projectId, table.flushId),
    check(
      'usage_events_counts',
      sql`least(input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, reasoning_tokens, cost_pico_usd, cost_reported_pico_usd, latency_ms, ttft_ms, request_bytes, response_bytes) >= 0 and output_tokens >= reasoning_tokens`,
    ),
    check('usage_events_time', sql`isfinite(ts)`),
  ],
);
