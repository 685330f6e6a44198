import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { code, count, instant, projectId } from './columns.ts';

/**
 * The message of a session that is being written, as far as it has come: one row a session, written over and over.
 * It is no message: nothing counts it. The row outlives its text, because it remembers which drafts were cleared.
 */
export const messageDrafts = pgTable(
  'message_drafts',
  {
    projectId: projectId(),
    sessionId: bigint('session_id', { mode: 'number' }).notNull(),
    id: uuid('id').notNull(),
    ts: instant('ts').notNull(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    /** The session's epoch when it was written: a draft is shown in no other. */
    epoch: integer('epoch').notNull(),
    redactions: integer('redactions').notNull(),
    /** Of the whole text so far, of which `text` is the end. */
    characters: count('characters'),
    role: code('role'),
    kind: smallint('kind').notNull(),
    truncated: boolean('truncated').notNull(),
    /** The last drafts of this session, this one among them. */
    seen: uuid('seen').array().notNull(),
    /** Those of them that began before the last clearing: they do not come back. */
    barred: uuid('barred').array().notNull(),
    externalId: text('external_id'),
    toolName: text('tool_name'),
    /** Null once its message is there, or it was cleared. */
    text: text('text'),
  },
  (table) => [
    primaryKey({ name: 'message_drafts_key', columns: [table.projectId, table.sessionId] }),
    check('message_drafts_size', sql`octet_length(text) <= 65536 and least(characters, redactions) >= 0`),
    check('message_drafts_time', sql`isfinite(ts)`),
  ],
);
