import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { slowOperationMs } from '#lib/operations/slow-operation.ts';
import { code, countOrNull, instant, projectId } from './columns.ts';

/** A timed thing that is not a model call: a tool call, a prune, a compaction, a queue flush. */
export const operations = pgTable(
  'operations',
  {
    projectId: projectId(),
    id: uuid('id').notNull(),
    ts: instant('ts').notNull(),
    sessionId: bigint('session_id', { mode: 'number' }),
    /** Which flush brought it: finds the operations that are not folded yet. */
    flushId: bigint('flush_id', { mode: 'number' }).notNull(),
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
    // db/queries/list-compactions.ts: the operations of a session on its page.
    index('operations_by_session').on(table.projectId, table.sessionId, table.ts),
    // db/queries/fold-operations.ts and sum-operations.ts: the operations of a flush.
    index('operations_by_flush').on(table.projectId, table.flushId),
    // db/queries/list-slow-operations.ts: the few that took longer than `slowOperationMs`.
    index('operations_slow')
      .on(table.projectId, table.ts, table.durationMs, table.id)
      .where(sql.raw(`duration_ms > ${slowOperationMs}`)),
    check(
      'operations_counts',
      sql`least(duration_ms, bytes_before, bytes_after, tokens_before, tokens_after) >= 0 and isfinite(ts)`,
    ),
  ],
);
