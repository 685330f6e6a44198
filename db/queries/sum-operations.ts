import { parseLatencyLanes } from '#lib/usage/latency-histogram.ts';
import type { Tile } from '#lib/usage/tile-range.ts';
import { numbersLiteral, plainLiteral } from '../array-literal.ts';
import { nameOfCode, operationKindCodes } from '../codes.ts';
import type { Database } from '../database.ts';
import { operationColumns, operationMeasures, operationSums } from './operation-columns.ts';

export type OperationSums = {
  readonly kind: keyof typeof operationKindCodes;
  readonly name: string;
  readonly calls: number;
  readonly errors: number;
  readonly limited: number;
  readonly cached: number;
  /** Of the operations that told their size before and after. */
  readonly bytesSaved: number;
  readonly tokensSaved: number;
  readonly maxMs: number;
  /** As lib/usage/latency-histogram.ts has them. */
  readonly histogram: readonly (readonly [bucket: number, count: number])[];
};

const columns = `${operationMeasures.join(', ')}, max_ms`;

/**
 * What is folded and what is not folded yet in one snapshot, as in `sumUsage`; `offset 0` holds the planner to
 * one short index range a tile and a flush.
 */
const statement = `
with tile as materialized (
  select * from unnest($2::text::int2[], $3::text::timestamptz[], $4::text::timestamptz[]) t (grain, from_ts, to_ts)
), part as (
  select r.* from tile t cross join lateral (
    select kind, name, ${columns} from operation_rollups
    where project_id = $1::int and grain = t.grain and bucket >= t.from_ts and bucket < t.to_ts offset 0) r
  union all
  select o.kind, o.name, ${operationColumns('o')}
  from pending_operations p cross join lateral (
    select * from operations where project_id = $1::int and flush_id = p.flush_id offset 0) o
  where p.project_id = $1::int and o.ts >= (select min(from_ts) from tile) and o.ts < (select max(to_ts) from tile)
), total as (
  select kind, name, ${operationSums('part')} from part group by kind, name order by sum(calls) desc, kind, name limit $5::int
)
select kind, name, calls::text, errors::text, limited::text, cached::text,
  (bytes_before - bytes_after)::text as bytes_saved, (tokens_before - tokens_after)::text as tokens_saved,
  max_ms::text, latency_lanes::text
from total order by calls desc, kind, name`;

/** Operations of a time range by kind and name, the most frequent first. */
export async function sumOperations(
  db: Database,
  input: {
    readonly projectId: number;
    /** The range without a gap, on whole quarter hours: there are no rows of a finer grain. */
    readonly tiles: readonly Tile[];
    readonly limit: number;
  },
): Promise<readonly OperationSums[]> {
  const rows = await db.run(statement, [input.projectId, ...tileParams(input.tiles), input.limit]);
  return rows.map((row) => ({
    kind: nameOfCode(operationKindCodes, Number(row['kind'])),
    name: String(row['name']),
    calls: Number(row['calls']),
    errors: Number(row['errors']),
    limited: Number(row['limited']),
    cached: Number(row['cached']),
    bytesSaved: Number(row['bytes_saved']),
    tokensSaved: Number(row['tokens_saved']),
    maxMs: Number(row['max_ms']),
    histogram: parseLatencyLanes(String(row['latency_lanes'])),
  }));
}

/** Grains, starts and ends of tiles as parameters. */
export function tileParams(tiles: readonly Tile[]): readonly [string, string, string] {
  return [
    numbersLiteral(tiles.map(({ grainMinutes }) => grainMinutes)),
    plainLiteral(tiles.map(({ fromMs }) => new Date(fromMs).toISOString())),
    plainLiteral(tiles.map(({ toMs }) => new Date(toMs).toISOString())),
  ];
}
