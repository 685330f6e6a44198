import { eventMeasures, measureColumns } from '#db/queries/delta-columns.ts';
import type { BenchSql } from './bench-sql.ts';

const sums = measureColumns.map((name) => `sum(${name})::text as ${name}`).join(', ');

/**
 * Checks that events, rollups of every scope and grain with the deltas added, and session totals with the
 * deltas added are the same, digit for digit, in one snapshot.
 * @returns how many events there are and what they cost in pico-USD
 * @throws Error that shows the sums which differ
 */
export async function checkLedger(
  sql: BenchSql,
  projectId = 1,
): Promise<{ readonly calls: number; readonly costPicoUsd: string }> {
  const rows = await sql.unsafe(
    `with delta as materialized (select * from rollup_deltas where project_id = $1::int),
     rolled as (select scope, grain, ${measureColumns.join(', ')} from usage_rollups where project_id = $1::int
       union all select k.scope, k.grain, ${measureColumns.join(', ')}
       from delta cross join (select distinct scope, grain from usage_rollups where project_id = $1::int) k)
     select 'events' as what, ${sums} from (
       select ${eventMeasures('e')
         .map((measure, index) => `${measure} as ${measureColumns[index]}`)
         .join(', ')} from usage_events e where project_id = $1::int) e
     union all select 'scope ' || scope || ', grain ' || grain, ${sums} from rolled group by scope, grain`,
    [projectId],
  );
  const [events, ...others] = rows;
  const text = (row: Readonly<Record<string, unknown>> | undefined) =>
    measureColumns.map((name) => String(row?.[name])).join(' ');
  const wrong = others.filter((row) => text(row) !== text(events));
  if (events === undefined || others.length !== 15 || wrong.length > 0) {
    const lines = [events, ...wrong].map((row) => `${row?.['what']}: ${text(row)}`);
    throw new Error(`Rollups differ from events (${others.length} of 15 kinds):\n${lines.join('\n')}`);
  }
  await checkSessions(sql, projectId, Number(events['calls']));
  return { calls: Number(events['calls']), costPicoUsd: String(events['cost_pico_usd']) };
}

async function checkSessions(sql: BenchSql, projectId: number, calls: number): Promise<void> {
  const [row] = await sql.unsafe(
    `select (select sum(calls) from sessions where project_id = $1::int)
       + coalesce((select sum(calls) from rollup_deltas where project_id = $1::int), 0) as calls`,
    [projectId],
  );
  if (Number(row?.['calls']) !== calls) throw new Error(`Sessions hold ${row?.['calls']} calls of ${calls}.`);
}
