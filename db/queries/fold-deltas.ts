import type { Database } from '../database.ts';
import { measureColumns } from './delta-columns.ts';

const rowsMaxDefault = 20_000;
/** Advisory lock class of the compactor; the second number is the project. */
const lockClass = 7_741_020;

const sums = measureColumns.map((name) => `sum(${name}) as ${name}`).join(', ');
const added = (table: string) =>
  measureColumns.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(', ');
const listed = (prefix: string) => measureColumns.map((name) => `${prefix}${name}`).join(', ');
const key = 'scope, grain, bucket, agent_id, model_id, source';

/** lib/usage/rollup-scope.ts names the scopes; a scope keeps the dimensions that are true here. */
const targets = `
targets (scope, by_agent, by_model, by_source, grain) as (
  select s.*, g.grain from (values
    (0::int2, false, false, false), (1::int2, true, false, false), (2::int2, false, true, false),
    (3::int2, false, false, true), (4::int2, true, true, true)) s (scope, by_agent, by_model, by_source)
  cross join (values (15::int2), (60::int2), (1440::int2)) g (grain)
)`;
const targetKey = (cells: string) => `t.scope, t.grain,
  date_bin(make_interval(mins => t.grain), ${cells}.bucket, timestamptz '2000-01-01Z') as bucket,
  case when t.by_agent then ${cells}.agent_id else 0 end as agent_id,
  case when t.by_model then ${cells}.model_id else 0 end as model_id,
  case when t.by_source then ${cells}.source else 0::int2 end as source`;

/**
 * One statement, so that no reader ever sees an event twice or not at all. Rows are written in key order
 * and sessions locked in id order: other writers of the same rows take them in the same order.
 */
const statement = `
with turn as materialized (select pg_try_advisory_xact_lock(${lockClass}, $1::int) as mine),
delta as (
  delete from rollup_deltas
  where project_id = $1::int and (select mine from turn)
    and flush_id <= coalesce((select flush_id from rollup_deltas where project_id = $1::int
      order by flush_id offset $2::int limit 1), 9223372036854775807)
  returning *
), cells as materialized (
  select bucket, agent_id, model_id, source, ${sums} from delta group by 1, 2, 3, 4
), latencies as materialized (
  select bucket, agent_id, model_id, source, u.ix, sum(u.n) as n
  from delta cross join unnest(latency_indexes, latency_counts) u (ix, n) group by 1, 2, 3, 4, 5
), ${targets},
folded as (
  select ${targetKey('c')}, ${measureColumns.map((name) => `sum(c.${name}) as ${name}`).join(', ')}
  from cells c cross join targets t group by 1, 2, 3, 4, 5, 6
), folded_latencies as (
  select ${key}, array_agg(ix order by ix) as indexes, array_agg(n::int4 order by ix) as counts
  from (select ${targetKey('l')}, l.ix, sum(l.n) as n from latencies l cross join targets t group by 1, 2, 3, 4, 5, 6, 7) h
  group by ${key}
), rolled as (
  insert into usage_rollups as r (project_id, ${key}, ${measureColumns.join(', ')}, latency_indexes, latency_counts)
  select $1::int, f.scope, f.grain, f.bucket, f.agent_id, f.model_id, f.source, ${listed('f.')},
    coalesce(h.indexes, '{}'), coalesce(h.counts, '{}')
  from folded f left join folded_latencies h using (${key})
  order by ${key}
  on conflict (project_id, ${key}) do update set ${added('r')},
    (latency_indexes, latency_counts) = (
      select coalesce(array_agg(ix order by ix), '{}'), coalesce(array_agg(n order by ix), '{}')
      from (select ix, sum(n)::int4 as n from (
          select * from unnest(r.latency_indexes, r.latency_counts) a (ix, n)
          union all select * from unnest(excluded.latency_indexes, excluded.latency_counts) b (ix, n)
        ) both_sides group by ix having sum(n) <> 0) merged)
), by_session as materialized (
  select session_id, ${sums}, max(context_max) as context_max, min(first_ts) as first_ts, max(last_ts) as last_ts
  from delta where session_id is not null group by 1
), locked as materialized (
  select id from sessions where project_id = $1::int and id in (select session_id from by_session)
  order by id for update
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
  from by_session d join locked l on l.id = d.session_id
  where s.project_id = $1::int and s.id = d.session_id
)
select (select mine from turn) as mine, (select count(*)::int from delta) as folded`;

/**
 * Folds the oldest deltas of a project into its rollups and session totals.
 * @returns how many delta rows were folded, or null when another replica is at it.
 */
export async function foldDeltas(
  db: Database,
  input: { readonly projectId: number; readonly rowsMax?: number },
): Promise<number | null> {
  const [row] = await db.run<{ mine: boolean; folded: number }>(
    statement,
    [input.projectId, input.rowsMax ?? rowsMaxDefault],
    { deadlineMs: 30_000 },
  );
  return row?.mine ? row.folded : null;
}
