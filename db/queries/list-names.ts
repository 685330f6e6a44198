import type { Database } from '../database.ts';

export type Names = { readonly agents: readonly string[]; readonly models: readonly string[] };

const rowsMax = 1_000;

const statement = `
(select 0 as kind, name from agents where project_id = $1::int order by name limit ${rowsMax})
union all
(select distinct 1 as kind, name from models where project_id = $1::int order by name limit ${rowsMax})`;

/** The names of agents and models that a project has seen, the first 1,000 of each by the alphabet. */
export async function listNames(db: Database, projectId: number): Promise<Names> {
  const rows = await db.run(statement, [projectId]);
  const named = (kind: number) =>
    rows.filter((row) => Number(row['kind']) === kind).map((row) => String(row['name']));
  return { agents: named(0), models: named(1) };
}
