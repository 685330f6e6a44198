import { numbersLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

/** Calls that are looked at, the last ones: a compaction further back says nothing about the present pace. */
const callsMax = 12;
const callsMin = 3;

/** A call with less than half the context before it starts anew (compaction, clear): only what follows counts. */
const statement = `
with call as (
  select s.id, e.context, e.back,
    lead(e.context) over (partition by s.id order by e.back) as older
  from unnest($2::text::int8[]) s (id)
  cross join lateral (
    select (input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens)::float8 as context,
      row_number() over (order by ts desc, id desc) as back
    from usage_events where project_id = $1::int and session_id = s.id
    order by ts desc, id desc limit ${callsMax}) e
), since as (
  select *, min(case when context < older * 0.5 then back end) over (partition by id) as restart from call
)
select id::text, regr_slope(context, -back)::float8 as slope
from since where back <= coalesce(restart, ${callsMax})
group by id
having count(*) >= ${callsMin}`;

/** Tokens of context that each of a session's last calls added, by least squares, by the session's number. */
export async function listContextSlopes(
  db: Database,
  { projectId, sessions }: { readonly projectId: number; readonly sessions: readonly number[] },
): Promise<ReadonlyMap<number, number>> {
  if (sessions.length === 0) return new Map();
  const rows = await db.run(statement, [projectId, numbersLiteral(sessions)]);
  return new Map(
    rows.flatMap((row) => (row['slope'] === null ? [] : [[Number(row['id']), Number(row['slope'])]])),
  );
}
