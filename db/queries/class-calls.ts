import { latencyGamma } from '#lib/usage/latency-histogram.ts';
import type { Database } from '../database.ts';
import { parseHistogram } from './sum-operations.ts';

export type CallClass = {
  /** Index into the bounds that were asked: 0 is below the first. */
  readonly number: number;
  readonly calls: number;
  readonly overTarget: number;
  readonly histogram: readonly (readonly [bucket: number, count: number])[];
};

const statement = `
with newest as (
  select input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens as context, latency_ms
  from usage_events
  where project_id = $1::int and ts >= $2::text::timestamptz and ts < $3::text::timestamptz and latency_ms is not null
  order by ts desc limit $4::int
), bucketed as (
  select case when context < $5::int then 0 when context < $6::int then 1 else 2 end as class,
    ceil(ln(greatest(latency_ms, 1)) / ln(${latencyGamma}))::int as bucket, count(*) as calls,
    count(*) filter (where latency_ms > case when context < $5::int then $7::int when context < $6::int then $8::int else $9::int end) as late
  from newest group by class, bucket
)
select class, sum(calls)::text as calls, sum(late)::text as late, string_agg(bucket || ':' || calls, ' ') as histogram
from bucketed group by class order by class`;

/** The newest model calls of a time range in three classes by their context, against a target for each. */
export async function classCalls(
  db: Database,
  input: {
    readonly projectId: number;
    readonly from: Date;
    readonly to: Date;
    readonly limit: number;
    readonly tokensBelow: readonly [number, number];
    readonly targetsMs: readonly [number, number, number];
  },
): Promise<readonly CallClass[]> {
  const { projectId, from, to, limit, tokensBelow, targetsMs } = input;
  const range = [projectId, from.toISOString(), to.toISOString(), limit] as const;
  const rows = await db.run(statement, [...range, ...tokensBelow, ...targetsMs]);
  return rows.map((row) => ({
    number: Number(row['class']),
    calls: Number(row['calls']),
    overTarget: Number(row['late']),
    histogram: parseHistogram(String(row['histogram'])),
  }));
}
