import { latencyGamma } from '#lib/usage/latency-histogram.ts';
import { nameOfCode, operationKindCodes } from '../codes.ts';
import type { Database } from '../database.ts';

export type OperationSums = {
  readonly kind: keyof typeof operationKindCodes;
  readonly name: string;
  readonly calls: number;
  readonly errors: number;
  readonly limited: number;
  readonly cached: number;
  readonly bytesSaved: number;
  readonly tokensSaved: number;
  readonly maxMs: number;
  /** As lib/usage/latency-histogram.ts has them. */
  readonly histogram: readonly (readonly [bucket: number, count: number])[];
};

/**
 * Grouped by latency bucket in one pass over the time index, and then by name: a percentile over sorted rows
 * would sort the range once a name.
 */
const statement = `
with bucketed as materialized (
  select kind, name, ceil(ln(greatest(duration_ms, 1)) / ln(${latencyGamma}))::int as bucket, count(*) as calls,
    count(*) filter (where status = 1) as errors,
    count(*) filter (where kind = 0 and attributes ->> 'outcome' = 'limited') as limited,
    count(*) filter (where kind = 0 and attributes ->> 'fromCache' = 'true') as cached,
    coalesce(sum(bytes_before - bytes_after), 0) as bytes_saved,
    coalesce(sum(tokens_before - tokens_after), 0) as tokens_saved,
    max(duration_ms) as max_ms
  from operations where project_id = $1::int and ts >= $2::text::timestamptz and ts < $3::text::timestamptz
  group by kind, name, bucket
)
select kind, name, sum(calls)::text as calls, sum(errors)::text as errors, sum(limited)::text as limited,
  sum(cached)::text as cached, sum(bytes_saved)::text as bytes_saved, sum(tokens_saved)::text as tokens_saved,
  max(max_ms)::text as max_ms, string_agg(bucket || ':' || calls, ' ') as histogram
from bucketed group by kind, name order by sum(calls) desc, kind, name limit $4::int`;

/** Operations of a time range by kind and name, the most frequent first. */
export async function sumOperations(
  db: Database,
  input: { readonly projectId: number; readonly from: Date; readonly to: Date; readonly limit: number },
): Promise<readonly OperationSums[]> {
  const rows = await db.run(statement, [
    input.projectId,
    input.from.toISOString(),
    input.to.toISOString(),
    input.limit,
  ]);
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
    histogram: parseHistogram(String(row['histogram'])),
  }));
}

/** `12:3 14:1`: bucket and count. */
export function parseHistogram(text: string): readonly (readonly [number, number])[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((pair) => {
      const [bucket, count] = pair.split(':');
      return [Number(bucket), Number(count)] as const;
    });
}
