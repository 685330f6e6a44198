import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { code, count, instant, projectId } from './columns.ts';

/**
 * One line of a chat. A list reads `preview` only; `body` is null when the preview is the whole text.
 * A cleared or expired message stays as a tombstone (its id and sizes), so that a retry cannot bring it back.
 */
export const messages = pgTable(
  'messages',
  {
    projectId: projectId(),
    sessionId: bigint('session_id', { mode: 'number' }).notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    id: uuid('id').notNull(),
    ts: instant('ts').notNull(),
    clearedAt: instant('cleared_at'),
    /** True size in UTF-8 bytes as it was sent, also when the stored text was cut. */
    bytes: count('bytes'),
    tokens: bigint('tokens', { mode: 'number' }).notNull(),
    redactions: integer('redactions').notNull().default(0),
    role: code('role'),
    kind: code('kind'),
    /** How `body` is written: lib/chat/stored-content.ts. */
    encoding: smallint('encoding').notNull().default(0),
    tokensEstimated: boolean('tokens_estimated').notNull(),
    truncated: boolean('truncated').notNull().default(false),
    contentHash: uuid('content_hash').notNull(),
    externalId: text('external_id'),
    toolName: text('tool_name'),
    toolCallId: text('tool_call_id'),
    preview: text('preview'),
    body: text('body'),
  },
  (table) => [
    primaryKey({ name: 'messages_key', columns: [table.projectId, table.sessionId, table.seq] }),
    unique('messages_id').on(table.projectId, table.sessionId, table.id),
    // db/queries/list-largest-messages.ts, find-session-outline.ts: the largest messages of a session. With seq, because
    // thousands may be of one size, and what was cleared is passed over in the index. A purge takes its rows out.
    index('messages_by_size')
      .on(table.projectId, table.sessionId, table.bytes.desc().nullsFirst(), table.seq)
      .where(sql`cleared_at is null`),
    // db/queries/expire-messages.ts: texts past their retention.
    index('messages_by_time').on(table.projectId, table.ts).where(sql`cleared_at is null`),
    // db/queries/find-session-outline.ts: where the context was compacted.
    index('messages_summaries').on(table.projectId, table.sessionId, table.seq).where(sql`kind = 4`),
    check('messages_counts', sql`least(seq, bytes, tokens, redactions) >= 0`),
    check('messages_preview', sql`octet_length(preview) <= 8192`),
    check('messages_time', sql`isfinite(ts)`),
  ],
);
