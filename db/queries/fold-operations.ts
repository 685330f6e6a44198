import type { Database } from '../database.ts';
import { bucketOf } from './delta-columns.ts';
import { operationColumns, operationMeasures, operationSums } from './operation-columns.ts';

/** 50,000 operations take about half a second. */
export const foldOperationsMax = 50_000;
/** Advisory lock class of this fold; the second number is the project. */
const lockClass = 7_741_023;

const columns = `${operationMeasures.join(', ')}, max_ms`;
const key = 'grain, bucket, kind, name';

/**
 * One statement, so that no reader ever sees an operation twice or not at all: what `sumOperations` finds in the
 * flushes before, it finds in the rollups after.
 */
const statement = `
with turn as materialized (select pg_try_advisory_xact_lock(${lockClass}, $1::int) as mine),
flushed as materialized (
  delete from pending_operations
  where project_id = $1::int and (select mine from turn)
    and flush_id <= coalesce((select flush_id from (
        select flush_id, sum(operations) over (order by flush_id) as total from pending_operations where project_id = $1::int
      ) running where total >= $2::int order by flush_id limit 1), 9223372036854775807)
  returning flush_id, operations
), item as (
  select ${bucketOf('o.ts')} as bucket, o.kind, o.name, ${operationColumns('o')}
  from flushed f cross join lateral (
    select * from operations where project_id = $1::int and flush_id = f.flush_id offset 0) o
), cells as materialized (
  select bucket, kind, name, ${operationSums('i')} from item i group by bucket, kind, name
), folded as (
  select g.grain, date_bin(make_interval(mins => g.grain), c.bucket, timestamptz '2000-01-01Z') as bucket, c.kind, c.name,
    ${operationSums('c')}
  from cells c cross join (values (15::int2), (60::int2), (1440::int2)) g (grain) group by 1, 2, 3, 4
), rolled as (
  insert into operation_rollups as r (project_id, ${key}, ${columns})
  select $1::int, ${key}, ${columns} from folded order by ${key}
  on conflict (project_id, ${key}) do update set
    ${operationMeasures.map((name) => `${name} = r.${name} + excluded.${name}`).join(', ')},
    max_ms = greatest(r.max_ms, excluded.max_ms)
)
select (select mine from turn) as mine, (select coalesce(sum(operations), 0)::int from flushed) as folded`;

/**
 * Folds the oldest operations of a project that are not folded yet into its rollups.
 * @returns how many were folded, or null when another replica is at it.
 */
export async function foldOperations(
  db: Database,
  input: { readonly projectId: number; readonly operationsMax?: number },
): Promise<number | null> {
  const [row] = await db.run<{ mine: boolean; folded: number }>(
    statement,
    [input.projectId, input.operationsMax ?? foldOperationsMax],
    { deadlineMs: 30_000 },
  );
  return row?.mine ? row.folded : null;
}
