import type { Database } from '../database.ts';

/** Walks the index from project to project, so that the many flushes of one project are not read. */
const statement = `
with recursive walk as (
  (select project_id from pending_flushes order by project_id limit 1)
  union all
  select (select d.project_id from pending_flushes d where d.project_id > walk.project_id order by d.project_id limit 1)
  from walk where walk.project_id is not null
)
select project_id from walk where project_id is not null
union select distinct project_id from rollup_corrections limit 10000`;

/** Projects that have deltas to fold. */
export async function listDeltaProjects(db: Database): Promise<readonly number[]> {
  const rows = await db.run<{ project_id: number }>(statement);
  return rows.map((row) => row.project_id);
}
