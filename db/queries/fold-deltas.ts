import type { Database } from '../database.ts';
import { addCallClasses, callClassOf, lateCallOf } from './call-class-columns.ts';
import { bucketOf, eventMeasures, latencyLaneOf, measureColumns } from './delta-columns.ts';

/** The more at once, the less often the same rows are written; 100,000 events take about 0.8 s. */
export const foldEventsMax = 100_000;
/** Advisory lock class of the compactor; the second number is the project. */
const lockClass = 7_741_020;

const named = eventMeasures('e')
  .map((measure, index) => `${measure} as ${measureColumns[index]}`)
  .join(', ');
const rolledColumns = [...measureColumns, 'latency_lanes'];
const sums = measureColumns.map((name) => `sum(${name}) as ${name}`).join(', ');
const rolledSums = (of: string) => rolledColumns.map((name) => `sum(${of}${name}) as ${name}`).join(', ');
const added = (table: string) =>
  rolledColumns.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ');
const usedMeasures =
  'calls, input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, cost_pico_usd';
const key = 'scope, grain, bucket, agent_id, model_id, source';
const cell = 'bucket, agent_id, model_id, source';

/** lib/usage/rollup-scope.ts names the scopes; a scope keeps the dimensions that are true here. */
const targets = `
scopes (scope, by_agent, by_model, by_source) as (values
  (0::int2, false, false, false), (1::int2, true, false, false), (2::int2, false, true, false),
  (3::int2, false, false, true), (4::int2, true, true, true)),
grains (grain) as (values (15::int2), (60::int2), (1440::int2))`;
const scopeKey = (cells: string) => `s.scope, ${cells}.bucket,
  case when s.by_agent then ${cells}.agent_id else 0 end as agent_id,
  case when s.by_model then ${cells}.model_id else 0 end as model_id,
  case when s.by_source then ${cells}.source else 0::int2 end as source`;
const grainKey = (rows: string) => `${rows}.scope, g.grain,
  date_bin(make_interval(mins => g.grain), ${rows}.bucket, timestamptz '2000-01-01Z') as bucket,
  ${rows}.agent_id, ${rows}.model_id, ${rows}.source`;

/**
 * One statement, so that no reader ever sees an event twice or not at all. Rows are written in key order
 * and sessions locked in id order: other writers of the same rows take them in the same order.
 */
const statement = `
with turn as materialized (select pg_try_advisory_xact_lock(${lockClass}, $1::int) as mine),
flushed as materialized (
  delete from pending_flushes
  where project_id = $1::int and (select mine from turn)
    and flush_id <= coalesce((select flush_id from (
        select flush_id, sum(events) over (order by flush_id) as total from pending_flushes where project_id = $1::int
      ) running where total >= $2::int order by flush_id limit 1), 9223372036854775807)
  returning flush_id, events
), corrected as materialized (
  delete from rollup_corrections where project_id = $1::int and (select mine from turn) returning *
), item as materialized (
  select ${bucketOf('e.ts')} as bucket, e.session_id, e.agent_id, e.model_id, e.source, ${named},
    e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens as context_max, e.ts, e.latency_ms,
    ${latencyLaneOf('e.latency_ms')} as latency_lanes
  from flushed f cross join lateral (
    select * from usage_events where project_id = $1::int and flush_id = f.flush_id offset 0) e
), cells as materialized (
  select ${cell}, ${rolledSums('')} from item group by ${cell}
  union all select ${cell}, ${rolledColumns.join(', ')} from corrected
), ${targets},
scoped as (
  select ${scopeKey('c')}, ${rolledSums('c.')} from cells c cross join scopes s group by 1, 2, 3, 4, 5
), folded as (
  select ${grainKey('s')}, ${rolledSums('s.')} from scoped s cross join grains g group by 1, 2, 3, 4, 5, 6
), rolled as (
  insert into usage_rollups as r (project_id, ${key}, ${rolledColumns.join(', ')})
  select $1::int, ${key}, ${rolledColumns.join(', ')} from folded order by ${key}
  on conflict (project_id, ${key}) do update set ${added('r')}
), class_cells as (
  select i.bucket, ${callClassOf('i')} as class, count(*) as calls, sum(${lateCallOf('i')}) as late,
    sum(i.latency_lanes) as latency_lanes
  from item i where i.latency_ms is not null group by 1, 2
), classed as (
  ${addCallClasses('class_cells')}
), by_session as materialized (
  select session_id, ${sums}, max(context_max) as context_max, min(first_ts) as first_ts, max(last_ts) as last_ts
  from (
    select session_id, ${sums}, max(context_max) as context_max, min(ts) as first_ts, max(ts) as last_ts
    from item group by session_id
    union all
    select session_id, ${measureColumns.join(', ')}, context_max, first_ts, last_ts from corrected
  ) d where session_id is not null group by 1
), used as (
  insert into session_uses as u (project_id, session_id, model_id, source, calls, tokens, cost_pico_usd)
  select $1::int, session_id, model_id, source, sum(calls),
    sum(input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + output_tokens), sum(cost_pico_usd)
  from (
    select session_id, model_id, source, ${usedMeasures} from item
    union all select session_id, model_id, source, ${usedMeasures} from corrected
  ) d where session_id is not null group by session_id, model_id, source order by session_id, model_id, source
  on conflict (project_id, session_id, model_id, source) do update set calls = u.calls + excluded.calls,
    tokens = u.tokens + excluded.tokens, cost_pico_usd = u.cost_pico_usd + excluded.cost_pico_usd
), locked as materialized (
  select d.* from by_session d join sessions s on s.project_id = $1::int and s.id = d.session_id
  order by s.id for update of s
), totalled as (
  update sessions s set calls = s.calls + d.calls, errors = s.errors + d.errors,
    input_tokens = s.input_tokens + d.input_tokens, cache_read_tokens = s.cache_read_tokens + d.cache_read_tokens,
    cache_write_5m_tokens = s.cache_write_5m_tokens + d.cache_write_5m_tokens,
    cache_write_1h_tokens = s.cache_write_1h_tokens + d.cache_write_1h_tokens,
    output_tokens = s.output_tokens + d.output_tokens, reasoning_tokens = s.reasoning_tokens + d.reasoning_tokens,
    unpriced_tokens = s.unpriced_tokens + d.unpriced_tokens, cost_pico_usd = s.cost_pico_usd + d.cost_pico_usd,
    tokens = s.tokens + d.input_tokens + d.cache_read_tokens + d.cache_write_5m_tokens + d.cache_write_1h_tokens + d.output_tokens,
    context_high_water = greatest(s.context_high_water, d.context_max),
    first_activity = least(s.first_activity, d.first_ts), last_activity = greatest(s.last_activity, d.last_ts)
  from locked d where s.project_id = $1::int and s.id = d.session_id
)
select (select mine from turn) as mine,
  (select coalesce(sum(events), 0)::int from flushed) + (select count(*)::int from corrected) as folded`;

/**
 * Folds the oldest deltas of a project into its rollups and session totals.
 * @returns how many events and corrections were folded, or null when another replica is at it.
 */
export async function foldDeltas(
  db: Database,
  input: { readonly projectId: number; readonly eventsMax?: number },
): Promise<number | null> {
  const [row] = await db.run<{ mine: boolean; folded: number }>(
    statement,
    [input.projectId, input.eventsMax ?? foldEventsMax],
    { deadlineMs: 30_000 },
  );
  return row?.mine ? row.folded : null;
}
