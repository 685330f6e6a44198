import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AlertRule } from '#lib/budget/alert-rule.ts';
import { code, instant, picoUsd, projectId } from './columns.ts';

/**
 * A limit over what fits its scope. Windows are computed (lib/budget/budget-window.ts), never stored ahead.
 * Rows are never removed: the sum of `revision` of a project only grows, which is how a statement finds out
 * that the budgets it was made for have changed meanwhile.
 */
export const budgets = pgTable(
  'budgets',
  {
    projectId: projectId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    agent: text('agent'),
    model: text('model'),
    provider: text('provider'),
    session: text('session'),
    source: smallint('source'),
    limitPicoUsd: picoUsd('limit_pico_usd'),
    limitTokens: bigint('limit_tokens', { mode: 'number' }),
    /** Bits of db/codes.ts `countedTokenBits`. */
    countTokens: smallint('count_tokens').notNull(),
    period: code('period'),
    timeZone: text('time_zone').notNull(),
    weekStart: smallint('week_start').notNull(),
    anchorDay: smallint('anchor_day').notNull(),
    fromTs: instant('from_ts'),
    toTs: instant('to_ts'),
    thresholds: jsonb('thresholds').notNull().$type<readonly number[]>(),
    rules: jsonb('rules').notNull().$type<readonly AlertRule[]>(),
    hard: boolean('hard').notNull(),
    failsOpen: boolean('fails_open').notNull(),
    paused: boolean('paused').notNull(),
    revision: integer('revision').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    deletedAt: instant('deleted_at'),
  },
  (table) => [
    primaryKey({ name: 'budgets_key', columns: [table.projectId, table.id] }),
    check(
      'budgets_sane',
      sql`(limit_pico_usd > 0 or limit_tokens > 0) and coalesce(limit_pico_usd, 1) > 0 and coalesce(limit_tokens, 1) > 0 and ((from_ts is null and to_ts is null) or from_ts < to_ts)`,
    ),
  ],
);
