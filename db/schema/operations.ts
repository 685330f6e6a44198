import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { code, countOrNull, instant, projectId } from './columns.ts';

/** A timed thing that is not a model call: a tool call, a prune, a compaction, a queue flush. */
export const operations = pgTable(
  'operations',
  {
    projectId: projectId(),
    id: uuid('id').notNull(),
    ts: instant('ts').notNull(),
    sessionId: bigint('session_id', { mode: 'number' }),
    agentId: integer('agent_id').notNull(),
    durationMs: integer('duration_ms').notNull(),
    kind: code('kind'),
    status: code('status'),
    bytesBefore: countOrNull('bytes_before'),
    bytesAfter: countOrNull('bytes_after'),
    tokensBefore: countOrNull('tokens_before'),
    tokensAfter: countOrNull('tokens_after'),
    name: text('name').notNull(),
    externalId: text('external_id'),
    attributes: jsonb('attributes'),
  },
  (table) => [
    primaryKey({ name: 'operations_key', columns: [table.projectId, table.id] }),
    // The operations of a session on its page, and of a time range on the operations page.
    index('operations_by_session').on(table.projectId, table.sessionId, table.ts),
    index('operations_by_time').on(table.projectId, table.ts),
    check(
      'operations_counts',
      sql`least(duration_ms, bytes_before, bytes_after, tokens_before, tokens_after) >= 0 and isfinite(ts)`,
    ),
  ],
);
