import { parseLatencyLanes } from '#lib/usage/latency-histogram.ts';
import type { Tile } from '#lib/usage/tile-range.ts';
import type { Database } from '../database.ts';
import { callClassColumns } from './call-class-columns.ts';
import { tileParams } from './sum-operations.ts';

export type CallClass = {
  /** Place in lib/usage/call-class.ts. */
  readonly number: number;
  readonly calls: number;
  /** Above the target of the class. */
  readonly late: number;
  readonly histogram: readonly (readonly [bucket: number, count: number])[];
};

/** What is folded and what is not folded yet, in one snapshot; see `sumOperations`. */
const statement = `
with tile as materialized (
  select * from unnest($2::text::int2[], $3::text::timestamptz[], $4::text::timestamptz[]) t (grain, from_ts, to_ts)
), part as (
  select r.* from tile t cross join lateral (
    select class, calls, late, latency_lanes from call_class_rollups
    where project_id = $1::int and grain = t.grain and bucket >= t.from_ts and bucket < t.to_ts offset 0) r
  union all
  select c.class, c.calls, c.late, c.latency_lanes
  from (
    select ${callClassColumns('e')}, e.ts from pending_flushes p cross join lateral (
      select * from usage_events where project_id = $1::int and flush_id = p.flush_id offset 0) e
    where p.project_id = $1::int and e.latency_ms is not null) c
  where c.ts >= (select min(from_ts) from tile) and c.ts < (select max(to_ts) from tile)
)
select class, sum(calls)::text as calls, sum(late)::text as late, sum(latency_lanes)::text as latency_lanes
from part group by class having sum(calls) > 0 order by class`;

/** The model calls of a time range that have a latency, by the size of their context. */
export async function classCalls(
  db: Database,
  input: {
    readonly projectId: number;
    /** The range without a gap, on whole quarter hours. */
    readonly tiles: readonly Tile[];
  },
): Promise<readonly CallClass[]> {
  const rows = await db.run(statement, [input.projectId, ...tileParams(input.tiles)]);
  return rows.map((row) => ({
    number: Number(row['class']),
    calls: Number(row['calls']),
    late: Number(row['late']),
    histogram: parseLatencyLanes(String(row['latency_lanes'])),
  }));
}
