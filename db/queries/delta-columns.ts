/**
 * What an event adds to the sums, also written out in the view `rollup_deltas` of the migrations, to which a
 * test holds it. `lib/usage/latency-histogram.ts` defines the latency buckets; the SQL form here
 * is held to it by a test.
 */
export const measureColumns = [
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
  'reported_cost_pico_usd',
  'reported_calls',
  'compared_cost_pico_usd',
] as const;

export const deltaColumns = `bucket, session_id, agent_id, model_id, source, ${measureColumns.join(', ')}, latency_lanes, context_max, first_ts, last_ts`;

/** The first five of `deltaColumns`, after the project. */
export const deltaGroup = '2, 3, 4, 5, 6';

export const bucketOf = (ts: string) => `date_bin('15 minutes', ${ts}, timestamptz '2000-01-01Z')`;
/** One call in the lane of its latency's bucket (db/schema/measures.ts); nothing where there is no latency. */
export const latencyLaneOf = (ms: string) =>
  `case when ${ms} is null then 0 else ('1e' || 12 * ceil(ln(greatest(${ms}, 1)::float8) / ln(1.1::float8))::int)::numeric end`;

/** What one event adds to each measure, in the order of `measureColumns`. */
export const eventMeasures = (e: string) => [
  '1',
  `(${e}.status = 1)::int`,
  `${e}.input_tokens`,
  `${e}.cache_read_tokens`,
  `${e}.cache_write_5m_tokens`,
  `${e}.cache_write_1h_tokens`,
  `${e}.output_tokens`,
  `${e}.reasoning_tokens`,
  `case when ${e}.price_status = 2 then ${e}.input_tokens + ${e}.cache_read_tokens + ${e}.cache_write_5m_tokens + ${e}.cache_write_1h_tokens + ${e}.output_tokens else 0 end`,
  `${e}.cost_pico_usd`,
  `coalesce(${e}.cost_reported_pico_usd, 0)`,
  `(${e}.cost_reported_pico_usd is not null)::int`,
  `case when ${e}.cost_reported_pico_usd is null then 0 else ${e}.cost_pico_usd end`,
];

/** Select list for `deltaColumns` over a set of events; sign -1 takes them out again. */
export function deltaSums({ of: e, sign }: { readonly of: string; readonly sign: 1 | -1 }): string {
  const sums = [...eventMeasures(e), latencyLaneOf(`${e}.latency_ms`)].map((measure) =>
    sign === 1 ? `sum(${measure})` : `-sum(${measure})`,
  );
  return [
    bucketOf(`${e}.ts`),
    `${e}.session_id`,
    `${e}.agent_id`,
    `${e}.model_id`,
    `${e}.source`,
    ...sums,
    `max(${e}.input_tokens + ${e}.cache_read_tokens + ${e}.cache_write_5m_tokens + ${e}.cache_write_1h_tokens)`,
    `min(${e}.ts)`,
    `max(${e}.ts)`,
  ].join(', ');
}
