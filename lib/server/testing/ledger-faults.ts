import type { Database } from '#db/database.ts';

const measures =
  'calls, errors, input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, unpriced_tokens, cost_pico_usd, reported_cost_pico_usd, reported_calls, compared_cost_pico_usd, latency_lanes';
const sums = measures
  .split(', ')
  .map((name) => `sum(${name}) as ${name}`)
  .join(', ');
const names = 'agent_id, model_id, source';

/** What events add to the sums, written out once more and differently from what is tested. */
const fromEvents = `
  select session_id, ${names}, 1 as calls, case when status = 1 then 1 else 0 end as errors, input_tokens,
    cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens,
    case when price_status <> 2 then 0 else
      input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + output_tokens end
      as unpriced_tokens,
    cost_pico_usd, coalesce(cost_reported_pico_usd, 0) as reported_cost_pico_usd,
    case when cost_reported_pico_usd is null then 0 else 1 end as reported_calls,
    case when cost_reported_pico_usd is null then 0 else cost_pico_usd end as compared_cost_pico_usd,
    case when latency_ms is null then 0
      else ('1e' || 12 * ceil(ln(greatest(latency_ms, 1)::float8) / ln(1.1::float8))::int)::numeric end
      as latency_lanes
  from usage_events where project_id = $1::int`;

const different = (first: string, second: string) =>
  `(select count(*) from ((select * from ${first} except select * from ${second})
    union all (select * from ${second} except select * from ${first})) d)::int`;

const statement = `
with raw as materialized (${fromEvents}),
cells as (select ${names}, ${sums} from raw group by ${names}),
shown as (
  select ${names}, ${sums} from (
    select ${names}, ${measures} from usage_rollups where project_id = $1::int and scope = 4 and grain = 15
    union all select ${names}, ${measures} from rollup_deltas where project_id = $1::int) x group by ${names}
), scopes as (
  select s.scope, g.grain, ${sums} from (values (0), (1), (2), (3), (4)) s (scope)
  cross join (values (15), (60), (1440)) g (grain)
  cross join lateral (
    select ${measures} from usage_rollups r where project_id = $1::int and r.scope = s.scope and r.grain = g.grain
    union all select ${measures} from rollup_deltas where project_id = $1::int) x
  group by 1, 2
), whole as (select ${measures} from (select ${sums} from raw having count(*) > 0) w),
totals as (select distinct ${measures} from scopes where calls > 0),
sessions_raw as (
  select session_id, sum(calls) as calls, sum(cost_pico_usd) as cost, sum(unpriced_tokens) as unpriced
  from raw where session_id is not null group by 1
), sessions_shown as (
  select id as session_id, sum(calls) as calls, sum(cost) as cost, sum(unpriced) as unpriced from (
    select id, calls::numeric, cost_pico_usd as cost, unpriced_tokens::numeric as unpriced
    from sessions where project_id = $1::int
    union all select session_id, calls, cost_pico_usd, unpriced_tokens
    from rollup_deltas where project_id = $1::int and session_id is not null) x
  group by 1 having sum(calls) > 0
), uses_raw as (
  select session_id, model_id, source, sum(calls) as calls, sum(cost_pico_usd) as cost,
    sum(input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + output_tokens) as tokens
  from raw where session_id is not null group by 1, 2, 3
), uses_shown as (
  select session_id, model_id, source, sum(calls) as calls, sum(cost) as cost, sum(tokens) as tokens from (
    select session_id, model_id, source, calls::numeric, cost_pico_usd as cost, tokens
    from session_uses where project_id = $1::int
    union all select session_id, model_id, source, calls, cost_pico_usd,
      input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + output_tokens
    from rollup_deltas where project_id = $1::int and session_id is not null) x
  group by 1, 2, 3 having (sum(calls), sum(cost), sum(tokens)) <> (0, 0, 0)
)
select ${different('cells', 'shown')} as cells, ${different('whole', 'totals')} as scopes,
  ${different('sessions_raw', 'sessions_shown')} as sessions, ${different('uses_raw', 'uses_shown')} as uses`;

/**
 * How many sums differ from what the events add up to, in one snapshot: rollups and deltas by all names, each
 * scope and grain in total, sessions, and what each used. All 0 when the ledger is exact.
 */
export async function ledgerFaults(db: Database, projectId = 1) {
  const [row] = await db.run<{ cells: number; scopes: number; sessions: number; uses: number }>(statement, [
    projectId,
  ]);
  return row;
}
