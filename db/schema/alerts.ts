import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { code, instant, picoUsd, projectId } from './columns.ts';

/** What fired, once for each budget, window and rule: the unique key is what makes it once. */
export const alerts = pgTable(
  'alerts',
  {
    projectId: projectId(),
    id: uuid('id').notNull(),
    budgetId: uuid('budget_id').notNull(),
    /** Start of the budget's window; of the day for rules that fire once a day. */
    windowStartsAt: instant('window_starts_at').notNull(),
    /** `threshold:80`, `burn:0`, `anomaly:1`: the rule's place in its list. */
    rule: text('rule').notNull(),
    state: code('state'),
    firedAt: instant('fired_at').notNull().default(sql`now()`),
    recoveredAt: instant('recovered_at'),
    seenAt: instant('seen_at'),
    spentPicoUsd: picoUsd('spent_pico_usd').notNull(),
    /** Texts and figures for people, as they were when it fired. */
    details: jsonb('details').notNull(),
  },
  (table) => [
    primaryKey({ name: 'alerts_key', columns: [table.projectId, table.id] }),
    unique('alerts_once').on(table.projectId, table.budgetId, table.windowStartsAt, table.rule),
    // db/queries/list-alerts.ts: the feed, the latest first.
    index('alerts_by_time').on(table.projectId, table.firedAt, table.id),
  ],
);
