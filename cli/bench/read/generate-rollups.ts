import { bucketOf, eventMeasures, latencyLaneOf, measureColumns } from '#db/queries/delta-columns.ts';
import { rollupGrains, rollupScopes } from '#lib/usage/rollup-scope.ts';
import type { BenchSql } from '../bench-sql.ts';

const dayMs = 86_400_000;
/** After those of `eventRowsSql`. */
const pendingFlushId = 1_000_000_000;
const measures = measureColumns.join(', ');
const rollupColumns = `project_id, scope, grain, bucket, agent_id, model_id, source, ${measures}, latency_lanes`;
const sums = measureColumns.map((name) => `sum(${name}) as ${name}`).join(', ');

/**
 * Rollups of every scope and grain and session totals, from the events themselves: by the day and from fine
 * to coarse, because the compactor's statement, made for a second's events, would take an hour over ten
 * million. The last events are left in a flush that is not folded yet.
 */
export async function generateRollups(
  sql: BenchSql,
  options: { readonly fromMs: number; readonly toMs: number; readonly unfolded: number },
): Promise<void> {
  const [last] = await sql.unsafe(`select ts::text as ts from usage_events where project_id = 1
    order by ts desc offset ${options.unfolded} limit 1`);
  const folded = `ts <= '${last?.['ts']}'`;
  for (
    let dayStart = Math.floor(options.fromMs / dayMs) * dayMs;
    dayStart < options.toMs;
    dayStart += dayMs
  ) {
    await foldDay(sql, dayStart, folded);
  }
  await totalSessions(sql, folded);
  await sql.unsafe(`insert into session_uses (project_id, session_id, model_id, source, calls, tokens, cost_pico_usd)
    select project_id, session_id, model_id, source, count(*), sum(input_tokens + cache_read_tokens +
      cache_write_5m_tokens + cache_write_1h_tokens + output_tokens), sum(cost_pico_usd)
    from usage_events where project_id = 1 and ${folded} group by 1, 2, 3, 4`);
  await sql.unsafe(
    `update usage_events set flush_id = ${pendingFlushId} where project_id = 1 and not ${folded}`,
  );
  await sql.unsafe(`insert into pending_flushes (project_id, flush_id, events)
    select 1, ${pendingFlushId}, count(*) from usage_events where project_id = 1 and flush_id = ${pendingFlushId}`);
}

async function foldDay(sql: BenchSql, dayStart: number, folded: string): Promise<void> {
  const range = (column: string) =>
    `${column} >= to_timestamp(${dayStart / 1_000}) and ${column} < to_timestamp(${(dayStart + dayMs) / 1_000})`;
  await sql.unsafe(
    rollupInsert({
      rows: `select ${rollupScopes.cube}::int2 as scope, 15::int2 as grain, ${bucketOf('e.ts')} as bucket,
          e.agent_id, e.model_id, e.source,
          ${eventMeasures('e')
            .map((measure, index) => `(${measure})::numeric as ${measureColumns[index]}`)
            .join(', ')},
          ${latencyLaneOf('e.latency_ms')} as latency_lanes
        from usage_events e where e.project_id = 1 and ${range('e.ts')} and e.${folded}`,
    }),
  );
  const grains = [...rollupGrains].reverse();
  for (const [index, grain] of grains.entries()) {
    const finer = grains[index - 1];
    if (finer !== undefined) {
      await sql.unsafe(
        rollupInsert({ rows: coarser({ scope: rollupScopes.cube, grain, finer, where: range('bucket') }) }),
      );
    }
    for (const scope of [rollupScopes.project, rollupScopes.agent, rollupScopes.model, rollupScopes.source]) {
      await sql.unsafe(
        rollupInsert({ rows: coarser({ scope, grain, finer: grain, where: range('bucket') }) }),
      );
    }
  }
}

/** Rows of the cube at one grain as parts of rows of another scope and grain. */
function coarser(options: {
  readonly scope: number;
  readonly grain: number;
  readonly finer: number;
  readonly where: string;
}): string {
  const { scope } = options;
  const kept = (column: string, of: number) =>
    scope === of || scope === rollupScopes.cube ? column : `0 as ${column}`;
  return `select ${scope}::int2 as scope, ${options.grain}::int2 as grain,
      date_bin('${options.grain} minutes', bucket, timestamptz '2000-01-01Z') as bucket,
      ${kept('agent_id', rollupScopes.agent)}, ${kept('model_id', rollupScopes.model)},
      ${kept('source', rollupScopes.source)}, ${measures}, latency_lanes
    from usage_rollups where project_id = 1 and scope = ${rollupScopes.cube} and grain = ${options.finer} and ${options.where}`;
}

function rollupInsert({ rows }: { readonly rows: string }): string {
  const key = 'scope, grain, bucket, agent_id, model_id, source';
  return `insert into usage_rollups (${rollupColumns})
    select 1, ${key}, ${sums}, sum(latency_lanes) from (${rows}) part group by ${key} order by ${key}`;
}

async function totalSessions(sql: BenchSql, folded: string): Promise<void> {
  const own = [
    'calls',
    'errors',
    'input_tokens',
    'cache_read_tokens',
    'cache_write_5m_tokens',
    'cache_write_1h_tokens',
    'output_tokens',
    'reasoning_tokens',
    'unpriced_tokens',
    'cost_pico_usd',
  ];
  const values = eventMeasures('e')
    .map((measure, index) => `sum(${measure}) as ${measureColumns[index]}`)
    .join(', ');
  const context = 'e.input_tokens + e.cache_read_tokens + e.cache_write_5m_tokens + e.cache_write_1h_tokens';
  await sql.unsafe(`update sessions s set ${own.map((name) => `${name} = d.${name}`).join(', ')},
      tokens = d.input_tokens + d.cache_read_tokens + d.cache_write_5m_tokens + d.cache_write_1h_tokens + d.output_tokens,
      context_high_water = d.context_max, first_activity = d.first_ts, last_activity = d.last_ts
    from (select e.session_id, ${values}, max(${context}) as context_max, min(e.ts) as first_ts, max(e.ts) as last_ts
      from usage_events e where e.project_id = 1 and e.${folded} group by e.session_id) d
    where s.project_id = 1 and s.id = d.session_id`);
}
