import { sql } from 'drizzle-orm';
import { bigint, check, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { count, instant, projectId } from './columns.ts';

/**
 * Sums of 256 neighbouring messages of a long session, by what they were (lib/sessions/context-parts.ts). What they
 * are sums of never changes: a message keeps its place, kind and size when it is cleared or expires. So a block may
 * be written by anybody at any time (db/queries/fill-message-blocks.ts), and one that is missing is read from messages.
 */
export const messageBlocks = pgTable(
  'message_blocks',
  {
    projectId: projectId(),
    sessionId: bigint('session_id', { mode: 'number' }).notNull(),
    /** Its messages are those from 256 times this seq on. */
    block: bigint('block', { mode: 'number' }).notNull(),
    /** The latest of its messages, which need not be the last. */
    lastTs: instant('last_ts').notNull(),
    compactions: integer('compactions').notNull(),
    /** Tokens since its last compaction, with the summary; of all where there is none. */
    system: count('system_tokens'),
    user: count('user_tokens'),
    assistant: count('assistant_tokens'),
    tool: count('tool_tokens'),
  },
  (table) => [
    primaryKey({ name: 'message_blocks_key', columns: [table.projectId, table.sessionId, table.block] }),
    check('message_blocks_numbers', sql`least(block, compactions) >= 0`),
  ],
);
