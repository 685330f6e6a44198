import type { Database } from '../database.ts';
import { expiredClause } from './hold-clauses.ts';

export const expireHoldsMax = 1_000;

const statement = `
with ${expiredClause(expireHoldsMax)},
locked as materialized (
  select p.budget_id, p.starts_at from budget_periods p
  where p.project_id = $1::int and (p.budget_id, p.starts_at) in (select budget_id, starts_at from freed)
  order by 1, 2 for update
), changed as (
  update budget_periods p set held_pico_usd = p.held_pico_usd - f.cost, held_tokens = p.held_tokens - f.tokens,
    live_holds = p.live_holds - f.holds
  from locked l join freed f on f.budget_id = l.budget_id and f.starts_at = l.starts_at
  where p.project_id = $1::int and p.budget_id = l.budget_id and p.starts_at = l.starts_at
)
select count(*)::int as expired from expired`;

/** Expires at most 1,000 holds that are past their time. @returns how many. */
export async function expireHolds(db: Database, projectId: number): Promise<number> {
  const [row] = await db.run<{ expired: number }>(statement, [projectId]);
  return row?.expired ?? 0;
}
