import type { Database } from '../database.ts';

const statement = `
with held as (
  select k.budget_id, k.starts_at, sum(h.amount_pico_usd) as cost, sum(k.tokens) as tokens, count(*) as holds
  from holds h cross join lateral unnest(h.budget_ids, h.period_starts, h.tokens) k (budget_id, starts_at, tokens)
  where h.project_id = $1::int and h.state = 0 group by 1, 2
)
select coalesce(p.budget_id, h.budget_id)::text as budget, coalesce(p.starts_at, h.starts_at)::text as starts_at
from (select * from budget_periods where project_id = $1::int) p
full join held h on h.budget_id = p.budget_id and h.starts_at = p.starts_at
where (coalesce(p.held_pico_usd, 0), coalesce(p.held_tokens, 0), coalesce(p.live_holds, 0))
  is distinct from (coalesce(h.cost, 0), coalesce(h.tokens, 0), coalesce(h.holds, 0))
limit 20`;

/** Windows whose counters are not the sums of their live holds. There is none, at any commit. */
export async function findHoldFaults(
  db: Database,
  projectId: number,
): Promise<readonly { readonly budget: string; readonly starts_at: string }[]> {
  return db.run(statement, [projectId]);
}
