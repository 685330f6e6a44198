/** How an amount a row moves a window's counters, summed by window: `(budget_id, starts_at, ...)`. */
export const heldByWindow = (rows: string) => `
  select k.budget_id, k.starts_at, sum(r.amount_pico_usd) as cost, sum(k.tokens) as tokens, count(*)::int as holds
  from ${rows} r cross join lateral unnest(r.budget_ids, r.period_starts, r.tokens) k (budget_id, starts_at, tokens)
  group by 1, 2`;

/**
 * Live holds that are past their time, by the clock of the database, become expired. Everybody who changes
 * holds locks them in order of id and only then the windows, in order of their key. `clock_timestamp()` is
 * volatile, so that no index could be asked for what is before it; and ids are asked for as arrays, because a
 * join over a table that was just filled is planned as a scan of all of it, as is `state = 0`, hence `+ 0`.
 */
export const expiredClause = (limit: number) => `
due as materialized (
  select id from holds where project_id = $1::int and state + 0 = 0 and id = any(array(
    select id from holds where project_id = $1::int and state = 0 and expires_at <= statement_timestamp()
    order by expires_at limit ${limit}))
  order by id for update
), expired as (
  update holds h set state = 3, resolved_at = clock_timestamp()
  where h.project_id = $1::int and h.id = any(array(select id from due)) and h.state + 0 = 0
  returning h.id, h.amount_pico_usd, h.budget_ids, h.period_starts, h.tokens
), freed as materialized (${heldByWindow('expired')})`;
