import type { Names } from '#lib/usage/names.ts';
import type { Database } from '../database.ts';

const rowsMax = 500;

const statement = `
(select 0 as kind, name from agents where project_id = $1::int order by added_at, name limit ${rowsMax})
union all
(select 1, name from models where project_id = $1::int group by name order by min(added_at), name limit ${rowsMax})
union all
(select 2, provider from models where project_id = $1::int group by provider
 order by min(added_at), provider limit ${rowsMax})`;

/** The names that a project has seen in the order in which they came, the first 500 of each kind. */
export async function listNames(db: Database, projectId: number): Promise<Names> {
  const rows = await db.run(statement, [projectId]);
  const named = (kind: number) =>
    rows.filter((row) => Number(row['kind']) === kind).map((row) => String(row['name']));
  return { agents: named(0), models: named(1), providers: named(2) };
}
