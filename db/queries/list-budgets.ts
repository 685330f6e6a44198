import type { AlertRule } from '#lib/budget/alert-rule.ts';
import type { Budget } from '#lib/budget/budget.ts';
import type { BudgetCalendar } from '#lib/budget/budget-calendar.ts';
import { countedTokens } from '#lib/budget/counted-tokens.ts';
import { budgetPeriodCodes, countedTokenBits, nameOfCode, sourceCodes } from '../codes.ts';
import type { Database, Row } from '../database.ts';

/** More than this many budgets a project are refused (db/queries/insert-budget.ts). */
export const budgetsMax = 500;

const statement = `
select (select coalesce(sum(revision), 0)::text from budgets where project_id = $1::int) as total_revision,
  id, name, agent, model, provider, session, source, limit_pico_usd::text, limit_tokens::text, count_tokens, period,
  time_zone, week_start, anchor_day, (extract(epoch from from_ts) * 1000)::text as from_ms,
  (extract(epoch from to_ts) * 1000)::text as to_ms, thresholds, rules, hard, fails_open, paused,
  (extract(epoch from created_at) * 1000)::text as created_ms
from (select $1::int as project_id) p left join budgets b on b.project_id = p.project_id and b.deleted_at is null
order by created_at, id limit ${budgetsMax}`;

export type StoredBudget = Budget & { readonly createdMs: number };

export type BudgetList = {
  /** Grows with every change of any budget of the project. */
  readonly revision: string;
  readonly budgets: readonly StoredBudget[];
};

/** All budgets of a project, the oldest first, and the revision of the list in the same snapshot. */
export async function listBudgets(db: Database, projectId: number): Promise<BudgetList> {
  const rows = await db.run(statement, [projectId]);
  return {
    revision: String(rows[0]?.['total_revision'] ?? '0'),
    budgets: rows.filter((row) => row['id'] !== null).map(toBudget),
  };
}

function toBudget(row: Row): StoredBudget {
  const bits = Number(row['count_tokens']);
  return {
    id: String(row['id']),
    name: String(row['name']),
    scope: {
      ...named('agent', row['agent']),
      ...named('model', row['model']),
      ...named('provider', row['provider']),
      ...named('session', row['session']),
      ...(row['source'] === null ? {} : { source: nameOfCode(sourceCodes, Number(row['source'])) }),
    },
    limitPicoUsd: row['limit_pico_usd'] === null ? null : BigInt(String(row['limit_pico_usd'])),
    limitTokens: row['limit_tokens'] === null ? null : Number(row['limit_tokens']),
    countTokens: countedTokens.filter((bucket) => (bits & countedTokenBits[bucket]) > 0),
    calendar: toCalendar(row),
    thresholds: row['thresholds'] as readonly number[],
    rules: row['rules'] as readonly AlertRule[],
    hard: row['hard'] === true,
    whenUnavailable: row['fails_open'] === true ? 'open' : 'closed',
    paused: row['paused'] === true,
    createdMs: Number(row['created_ms']),
  };
}

function named(name: 'agent' | 'model' | 'provider' | 'session', value: unknown) {
  return typeof value === 'string' ? { [name]: value } : {};
}

function toCalendar(row: Row): BudgetCalendar {
  const timeZone = String(row['time_zone']);
  const period = nameOfCode(budgetPeriodCodes, Number(row['period']));
  switch (period) {
    case 'day':
      return { period, timeZone };
    case 'week':
      return { period, timeZone, weekStart: Number(row['week_start']) };
    case 'month':
      return { period, timeZone, anchorDay: Number(row['anchor_day']) };
    case 'span':
      return { period, timeZone, fromMs: Number(row['from_ms']), toMs: Number(row['to_ms']) };
  }
}
