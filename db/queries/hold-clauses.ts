/** How an amount a row moves a window's counters, summed by window: `(budget_id, starts_at, ...)`. */
export const heldByWindow = (rows: string) => `
  select k.budget_id, k.starts_at, sum(r.amount_pico_usd) as cost, sum(k.tokens) as tokens, count(*)::int as holds
  from ${rows} r cross join lateral unnest(r.budget_ids, r.period_starts, r.tokens) k (budget_id, starts_at, tokens)
  group by 1, 2`;

/**
 * Live holds that are past their time, by the clock of the database, become expired. Everybody who changes
 * holds locks them in order of id and only then the windows, in order of their key.
 */
export const expiredClause = (limit: number) => `
expired as (
  update holds h set state = 3, resolved_at = clock_timestamp()
  from (select id from holds where project_id = $1::int and state = 0 and expires_at <= clock_timestamp()
    order by id limit ${limit} for update) due
  where h.project_id = $1::int and h.id = due.id and h.state = 0
  returning h.id, h.amount_pico_usd, h.budget_ids, h.period_starts, h.tokens
), freed as materialized (${heldByWindow('expired')})`;
