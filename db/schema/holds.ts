import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { code, instant, picoUsd, projectId } from './columns.ts';

/**
 * An amount that was reserved before a call. Live until it is settled, released or expired; each happens
 * once, except that the true cost of an expired hold is still recorded. It stays in the windows in which it
 * was made: the three arrays run side by side, one entry a hard budget.
 */
export const holds = pgTable(
  'holds',
  {
    projectId: projectId(),
    id: text('id').notNull(),
    state: code('state'),
    agent: text('agent').notNull(),
    session: text('session'),
    provider: text('provider'),
    model: text('model'),
    source: code('source'),
    /** What was asked for; another request under the same id is a conflict. */
    asked: text('asked').notNull(),
    amountPicoUsd: picoUsd('amount_pico_usd').notNull(),
    budgetIds: uuid('budget_ids').array().notNull(),
    periodStarts: timestamp('period_starts', { withTimezone: true, mode: 'date' }).array().notNull(),
    /** Tokens held by each budget, and which tokens it counts. */
    tokens: bigint('tokens', { mode: 'number' }).array().notNull(),
    tokenBits: smallint('token_bits').array().notNull(),
    createdAt: instant('created_at').notNull().default(sql`clock_timestamp()`),
    expiresAt: instant('expires_at').notNull(),
    resolvedAt: instant('resolved_at'),
    /** What it was settled at by a call of ours: cost, and tokens for each budget. */
    settledPicoUsd: picoUsd('settled_pico_usd'),
    settledTokens: bigint('settled_tokens', { mode: 'number' }).array(),
    /** What its usage event cost; the ledger's figure is the true one. */
    usageEventId: uuid('usage_event_id'),
    usagePicoUsd: picoUsd('usage_pico_usd'),
  },
  (table) => [
    primaryKey({ name: 'holds_key', columns: [table.projectId, table.id] }),
    // db/queries/expire-holds.ts and admit-holds.ts: what is due.
    index('holds_live').on(table.projectId, table.expiresAt).where(sql`state = 0`),
    // db/queries/list-holds.ts: those of a window. Not by project: before the table was analysed for the first time,
    // such an index is taken for what asks by id, and all holds of the project are read.
    index('holds_by_time').using('brin', table.createdAt),
    check(
      'holds_sane',
      sql`amount_pico_usd >= 0 and coalesce(settled_pico_usd, 0) >= 0 and cardinality(budget_ids) = cardinality(period_starts) and cardinality(budget_ids) = cardinality(tokens) and cardinality(budget_ids) = cardinality(token_bits)`,
    ),
  ],
);
