import { parseWords } from '../array-literal.ts';
import type { Database, Param } from '../database.ts';
import { deltaColumns, deltaGroup, deltaSums } from './delta-columns.ts';
import { type UsageRow, usageColumns } from './insert-usage-events.ts';

const names = usageColumns.map(([name]) => name);
const value = (name: string) => (name === 'attributes' ? 'attributes::jsonb' : name);
const total = (row: string) =>
  `(${row}.input_tokens + ${row}.cache_read_tokens + ${row}.cache_write_5m_tokens + ${row}.cache_write_1h_tokens + ${row}.output_tokens)`;

/**
 * A streamed log writes a call several times with growing tokens; the row with more tokens wins. What is
 * replaced leaves the sums as a negative delta in the same statement.
 */
const statement = `
with wanted as (
  select ${names.map(value).join(', ')}
  from unnest(${usageColumns.map(([, type], index) => `$${index + 3}::text::${type}[]`).join(', ')}) as t(${names.join(', ')})
), old as materialized (
  select e.* from usage_events e where e.project_id = $1::int and e.id in (select id from wanted)
  order by e.id for update
), risen as materialized (
  select w.* from wanted w join old o on o.id = w.id where ${total('w')} > ${total('o')}
), raised as (
  update usage_events e set ${names
    .filter((name) => name !== 'id')
    .map((name) => `${name} = r.${name}`)
    .join(', ')}
  from risen r where e.project_id = $1::int and e.id = r.id
), gone as (
  insert into rollup_deltas (project_id, flush_id, ${deltaColumns})
  select $1::int, $2::int8, ${deltaSums({ of: 'o', sign: -1 })}
  from old o join risen on risen.id = o.id group by ${deltaGroup}
), come as (
  insert into rollup_deltas (project_id, flush_id, ${deltaColumns})
  select $1::int, $2::int8, ${deltaSums({ of: 'risen', sign: 1 })} from risen group by ${deltaGroup}
)
select array_agg(id)::text as keys from risen`;

/**
 * Raises stored events to the given rows where these have more tokens in all.
 * @returns the keys that were raised.
 */
export async function raiseUsageEvents(
  db: Database,
  input: { readonly projectId: number; readonly flushId: number; readonly rows: readonly UsageRow[] },
): Promise<ReadonlySet<string>> {
  const params: Param[] = [input.projectId, input.flushId];
  for (const [, , write] of usageColumns) params.push(write(input.rows));
  const [row] = await db.run<{ keys: string | null }>(statement, params);
  return new Set(parseWords(row?.keys ?? null));
}
