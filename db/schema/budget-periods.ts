import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { instant, projectId, sum } from './columns.ts';

/**
 * What is committed against one window of a hard budget beside the ledger. `held` is the sum of its live
 * holds, always. `settled` is what holds were settled at by a call of ours while their usage event is not in
 * the ledger yet; when it comes, it leaves here. So what a window has used is: ledger + settled + held.
 * `admitted` is the use that the last admission came to, and its limit: the database refuses more.
 */
export const budgetPeriods = pgTable(
  'budget_periods',
  {
    projectId: projectId(),
    budgetId: uuid('budget_id').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    heldPicoUsd: sum('held_pico_usd'),
    heldTokens: sum('held_tokens'),
    liveHolds: integer('live_holds').notNull().default(0),
    settledPicoUsd: sum('settled_pico_usd'),
    settledTokens: sum('settled_tokens'),
    overrunPicoUsd: sum('overrun_pico_usd'),
    admittedPicoUsd: sum('admitted_pico_usd'),
    admittedLimitPicoUsd: sum('admitted_limit_pico_usd'),
    admittedTokens: sum('admitted_tokens'),
    admittedLimitTokens: sum('admitted_limit_tokens'),
  },
  (table) => [
    primaryKey({ name: 'budget_periods_key', columns: [table.projectId, table.budgetId, table.startsAt] }),
    check(
      'budget_periods_within_limit',
      sql`admitted_pico_usd <= admitted_limit_pico_usd and admitted_tokens <= admitted_limit_tokens`,
    ),
    check(
      'budget_periods_sane',
      sql`least(held_pico_usd, held_tokens, live_holds, settled_pico_usd, settled_tokens, overrun_pico_usd) >= 0 and starts_at < ends_at`,
    ),
  ],
);
