/** What of a hold's amount was still reserved when it ended. */
const reserved = `case when o.state = 0 or (o.state = 1 and o.resolved_at <= o.expires_at) then o.amount_pico_usd else 0 end`;

/**
 * CTEs that tie newly stored events (`ins`) to the holds that they name: the hold ends, what it held or was
 * settled at leaves the counters of its windows, and the ledger's figure stands in its place, all in the
 * statement that stores the event. Exactly once: a hold has one event, and an event is stored once.
 */
export const tieHoldsClauses = `
named as materialized (
  select distinct on (hold_id) * from ins where hold_id is not null order by hold_id, id
), open_hold as materialized (
  select * from holds where project_id = $1::int and id = any(array(select hold_id from named))
    and usage_event_id is null and state <> 2
  order by id for update
), tie as materialized (
  select h.*, n.id as event_id, n.cost_pico_usd
  from open_hold h join named n on n.hold_id = h.id
), tied as (
  update holds h set state = 1, usage_event_id = o.event_id, usage_pico_usd = o.cost_pico_usd,
    resolved_at = case when o.state = 1 then o.resolved_at else clock_timestamp() end
  from tie o where h.project_id = $1::int and h.id = any(array(select id from tie)) and h.id = o.id
), tie_effect as materialized (
  select k.budget_id, k.starts_at,
    sum(case when o.state = 0 then o.amount_pico_usd else 0 end) as freed,
    sum(case when o.state = 0 then k.tokens else 0 end) as freed_tokens,
    count(*) filter (where o.state = 0)::int as holds,
    sum(case when o.state = 1 then o.settled_pico_usd else 0 end) as unsettled,
    sum(case when o.state = 1 then k.settled_tokens else 0 end) as unsettled_tokens,
    sum(greatest(0, o.cost_pico_usd - ${reserved})
      - case when o.state = 1 then greatest(0, o.settled_pico_usd - ${reserved}) else 0 end) as overrun
  from tie o cross join lateral unnest(o.budget_ids, o.period_starts, o.tokens, o.settled_tokens)
    k (budget_id, starts_at, tokens, settled_tokens)
  group by 1, 2
), tie_locked as materialized (
  select p.budget_id, p.starts_at from budget_periods p
  where p.project_id = $1::int and (p.budget_id, p.starts_at) in (select budget_id, starts_at from tie_effect)
  order by 1, 2 for update
), tie_changed as (
  update budget_periods p set held_pico_usd = p.held_pico_usd - e.freed, held_tokens = p.held_tokens - e.freed_tokens,
    live_holds = p.live_holds - e.holds,
    settled_pico_usd = p.settled_pico_usd - e.unsettled, settled_tokens = p.settled_tokens - e.unsettled_tokens,
    overrun_pico_usd = greatest(0, p.overrun_pico_usd + e.overrun)
  from tie_locked l join tie_effect e on e.budget_id = l.budget_id and e.starts_at = l.starts_at
  where p.project_id = $1::int and p.budget_id = l.budget_id and p.starts_at = l.starts_at
)`;
