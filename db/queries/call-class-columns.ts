import { callClasses } from '#lib/usage/call-class.ts';
import { bucketOf, latencyLaneOf } from './delta-columns.ts';

const [simple, medium, complex] = callClasses;
const context = (e: string) =>
  `(${e}.input_tokens + ${e}.cache_read_tokens + ${e}.cache_write_5m_tokens + ${e}.cache_write_1h_tokens)`;
const byClass = (e: string, of: { readonly [place: number]: number }) =>
  `case when ${context(e)} < ${simple.tokensBelow} then ${of[0]} when ${context(e)} < ${medium.tokensBelow} then ${of[1]} else ${of[2]} end`;

/** The place of an event's class in lib/usage/call-class.ts. */
export const callClassOf = (e: string) => `(${byClass(e, [0, 1, 2])})::int2`;
/** 1 where its latency is above the target of its class, else 0. */
export const lateCallOf = (e: string) =>
  `(${e}.latency_ms > ${byClass(e, [simple.targetMs, medium.targetMs, complex.targetMs])})::int`;

/** What one event with a latency adds to `call_class_rollups`; sign -1 takes it out again. */
export const callClassColumns = (
  e: string,
  sign: 1 | -1 = 1,
) => `${bucketOf(`${e}.ts`)} as bucket, ${callClassOf(e)} as class,
  ${sign} as calls, ${sign} * ${lateCallOf(e)} as late, ${sign} * ${latencyLaneOf(`${e}.latency_ms`)} as latency_lanes`;

/**
 * Adds rows of `cells` (bucket, class, calls, late, latency_lanes; a quarter hour each) to the rollups of all
 * grains, in key order: every writer takes the rows in that order.
 */
export const addCallClasses = (cells: string) => `
insert into call_class_rollups as r (project_id, grain, bucket, class, calls, late, latency_lanes)
select $1::int, g.grain, date_bin(make_interval(mins => g.grain), c.bucket, timestamptz '2000-01-01Z') as bucket, c.class,
  sum(c.calls), sum(c.late), sum(c.latency_lanes)
from ${cells} c cross join (values (15::int2), (60::int2), (1440::int2)) g (grain)
group by 2, 3, 4 order by 2, 3, 4
on conflict (project_id, grain, bucket, class) do update
set calls = r.calls + excluded.calls, late = r.late + excluded.late, latency_lanes = r.latency_lanes + excluded.latency_lanes`;
