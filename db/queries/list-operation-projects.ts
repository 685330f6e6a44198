import type { Database } from '../database.ts';

/** Walks the index from project to project, as `listDeltaProjects` does. */
const statement = `
with recursive walk as (
  (select project_id from pending_operations order by project_id limit 1)
  union all
  select (select p.project_id from pending_operations p where p.project_id > walk.project_id order by p.project_id limit 1)
  from walk where walk.project_id is not null
)
select project_id from walk where project_id is not null limit 10000`;

/** Projects that have operations to fold. */
export async function listOperationProjects(db: Database): Promise<readonly number[]> {
  const rows = await db.run<{ project_id: number }>(statement);
  return rows.map((row) => row.project_id);
}
