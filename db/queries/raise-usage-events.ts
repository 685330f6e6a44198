import { parseWords } from '../array-literal.ts';
import type { Database, Param } from '../database.ts';
import { addCallClasses, callClassColumns } from './call-class-columns.ts';
import { deltaColumns, deltaGroup, deltaSums } from './delta-columns.ts';
import { type UsageRow, usageColumns, usageValues } from './insert-usage-events.ts';

const names = usageColumns.map(([name]) => name);
const total = (row: string) =>
  `(${row}.input_tokens + ${row}.cache_read_tokens + ${row}.cache_write_5m_tokens + ${row}.cache_write_1h_tokens + ${row}.output_tokens)`;

/**
 * A streamed log writes a call several times with growing tokens; the row with more tokens wins. What is
 * replaced leaves the sums by a negative correction in the same statement. Only events that are folded are
 * raised: once folded is folded for good, while an event that is folded just now would be counted with its
 * old values by the fold and without a correction by us.
 */
const statement = `
with wanted as (
  select ${usageValues}
  from unnest(${usageColumns.map(([, type], index) => `$${index + 2}::text::${type}[]`).join(', ')}) as t(${names.join(', ')})
), old as materialized (
  select e.*, exists (select 1 from pending_flushes p
    where p.project_id = $1::int and p.flush_id = e.flush_id) as is_pending
  from usage_events e where e.project_id = $1::int and e.id in (select id from wanted)
  order by e.id for update
), risen as materialized (
  select w.*, o.is_pending from wanted w join old o on o.id = w.id where ${total('w')} > ${total('o')}
), raised as (
  update usage_events e set ${names
    .filter((name) => name !== 'id')
    .map((name) => `${name} = r.${name}`)
    .join(', ')}
  from risen r where e.project_id = $1::int and e.id = r.id and not r.is_pending
), gone as (
  insert into rollup_corrections (project_id, ${deltaColumns})
  select $1::int, ${deltaSums({ of: 'o', sign: -1 })}
  from old o join risen on risen.id = o.id and not risen.is_pending group by ${deltaGroup}
), come as (
  insert into rollup_corrections (project_id, ${deltaColumns})
  select $1::int, ${deltaSums({ of: 'risen', sign: 1 })} from risen where not is_pending group by ${deltaGroup}
), class_cells as (
  select bucket, class, sum(calls) as calls, sum(late) as late, sum(latency_lanes) as latency_lanes from (
    select ${callClassColumns('o', -1)} from old o join risen on risen.id = o.id and not risen.is_pending
    where o.latency_ms is not null
    union all
    select ${callClassColumns('n')} from risen n where not n.is_pending and n.latency_ms is not null) c
  group by bucket, class having (sum(calls), sum(late), sum(latency_lanes)) <> (0, 0, 0)
), classed as (
  ${addCallClasses('class_cells')}
)
select array_agg(id) filter (where not is_pending)::text as raised,
  array_agg(id) filter (where is_pending)::text as pending from risen`;

/**
 * Raises stored events to the given rows where these have more tokens in all.
 * @returns the keys that were raised, and those that must wait until their first values are folded.
 */
export async function raiseUsageEvents(
  db: Database,
  input: { readonly projectId: number; readonly rows: readonly UsageRow[] },
): Promise<{ readonly raised: ReadonlySet<string>; readonly pending: ReadonlySet<string> }> {
  const params: Param[] = [input.projectId];
  for (const [, , write] of usageColumns) params.push(write(input.rows));
  const [row] = await db.run<{ raised: string | null; pending: string | null }>(statement, params);
  return {
    raised: new Set(parseWords(row?.raised ?? null)),
    pending: new Set(parseWords(row?.pending ?? null)),
  };
}
