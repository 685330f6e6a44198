import { parseLatencyLanes } from '#lib/usage/latency-histogram.ts';
import type { Tile } from '#lib/usage/tile-range.ts';
import type { UsageMeasures, UsageSums } from '#lib/usage/usage-row.ts';
import { numbersLiteral, plainLiteral } from '../array-literal.ts';
import { nameOfCode, sourceCodes } from '../codes.ts';
import type { Database } from '../database.ts';
import { eventMeasures, latencyLaneOf, measureColumns } from './delta-columns.ts';

const sums = measureColumns.map((name) => `sum(${name}) as ${name}`).join(', ');
const all = measureColumns.join(', ');
const dimensions = 'agent_id, model_id, source';
/**
 * The names that are asked for; 0 for the others, as in a rollup of a narrower scope. Also for the cube, which
 * keeps all: a correction, which counts no call, must meet the row that it corrects.
 */
const askedNames = (row: string) => `case when $7::bool then ${row}.agent_id else 0 end as agent_id,
    case when $8::bool then ${row}.model_id else 0 end as model_id,
    case when $9::bool then ${row}.source else 0::int2 end as source`;

/**
 * Everything in one statement, so that it is one snapshot: what is folded, what is not folded yet, and the
 * events themselves where an edge falls within a quarter hour. `offset 0` holds the planner to one short
 * index range a tile: it would rather read the whole scope. A delta finds its tile by binary search, because
 * a busy server has thousands of deltas and a month in a zone like India's thousands of tiles. The pairs of
 * the histograms are by far the most rows, hence one integer to group them by, and `unnest` in the select
 * list, where it streams: together a quarter of the time of the plain form.
 */
const statementWith = (latency: {
  readonly kept: string;
  readonly folded: string;
  readonly ofEvent: string;
}) => `
with tile as materialized (
  select * from unnest($2::text::int4[], $3::text::int2[], $4::text::timestamptz[], $5::text::timestamptz[])
    with ordinality t (slot, grain, from_ts, to_ts, number)
), part as (
  select t.slot, ${askedNames('r')}, r.${all.replaceAll(', ', ', r.')}, r.latency_lanes
  from tile t cross join lateral (
    select ${dimensions}, ${all}, ${latency.kept} as latency_lanes from usage_rollups
    where project_id = $1::int and scope = $6::int2 and grain = t.grain and bucket >= t.from_ts and bucket < t.to_ts
    offset 0) r
  where t.grain > 0
  union all
  select t.slot, ${askedNames('d')}, d.${all.replaceAll(', ', ', d.')}, ${latency.folded}
  from (select *, width_bucket(bucket, (select array_agg(from_ts order by number) from tile)) as number
    from rollup_deltas where project_id = $1::int) d
  join tile t on t.number = d.number and t.grain > 0 and d.bucket < t.to_ts
  union all
  select t.slot, ${askedNames('e')}, ${eventMeasures('e').join(', ')},
    ${latency.ofEvent}
  from tile t cross join lateral (
    select * from usage_events where project_id = $1::int and ts >= t.from_ts and ts < t.to_ts offset 0) e
  where t.grain = 0
), total as (
  select slot, ${dimensions}, ${sums}, sum(latency_lanes) as latency_lanes from part group by slot, ${dimensions}
)
select t.slot, a.name as agent, m.provider, m.name as model, t.source, ${measureColumns.map((name) => `t.${name}::text`).join(', ')},
  t.latency_lanes::text
from total t
left join agents a on $7::bool and a.project_id = $1::int and a.id = t.agent_id
left join models m on $8::bool and m.project_id = $1::int and m.id = t.model_id
where t.calls <> 0
order by t.slot, a.name, m.provider, m.name, t.source
limit $10::int`;

const statement = statementWith({
  kept: 'latency_lanes',
  folded: 'd.latency_lanes',
  ofEvent: latencyLaneOf('e.latency_ms'),
});
/** Reading the histograms is most of the work of a sum, and a budget asks for none. */
const statementWithoutLatency = statementWith({ kept: '0', folded: '0', ofEvent: '0' });

/** Sums by bucket, and by agent, model (with its provider) and source where the scope keeps them. */
export async function sumUsage(
  db: Database,
  input: {
    readonly projectId: number;
    readonly tiles: readonly Tile[];
    readonly scope: number;
    readonly by: { readonly agent: boolean; readonly model: boolean; readonly source: boolean };
    /** False leaves the histograms empty. */
    readonly latency: boolean;
    /** Null reads all, for who knows that they are few or adds them up. */
    readonly rowsMax: number | null;
  },
): Promise<readonly UsageSums[]> {
  const { tiles, by, latency } = input;
  if (tiles.length === 0) return [];
  const rows = await db.run(latency ? statement : statementWithoutLatency, [
    input.projectId,
    numbersLiteral(tiles.map((tile) => tile.bucket)),
    numbersLiteral(tiles.map((tile) => tile.grainMinutes)),
    plainLiteral(tiles.map((tile) => new Date(tile.fromMs).toISOString())),
    plainLiteral(tiles.map((tile) => new Date(tile.toMs).toISOString())),
    input.scope,
    by.agent,
    by.model,
    by.source,
    input.rowsMax,
  ]);
  return rows.map((row) => ({
    bucket: Number(row['slot']),
    agent: textOrNull(row['agent']),
    provider: textOrNull(row['provider']),
    model: textOrNull(row['model']),
    source: by.source ? nameOfCode(sourceCodes, Number(row['source'])) : null,
    measures: toMeasures(row),
    latency: parseLatencyLanes(String(row['latency_lanes'])),
  }));
}

function toMeasures(row: Readonly<Record<string, unknown>>): UsageMeasures {
  const entries = measureColumns.map((name) => [name, BigInt(String(row[name]))] as const);
  return Object.fromEntries(entries) as UsageMeasures;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
