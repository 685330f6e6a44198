import type { Database } from '../database.ts';

const statement = `
insert into projects (id, slug, name, is_demo) values ($1::int, $2::text, $3::text, true)
on conflict do nothing returning id`;

/** Makes the project of the demo. @returns false when its id or name is taken */
export async function insertDemoProject(
  db: Database,
  project: { readonly id: number; readonly slug: string; readonly name: string },
): Promise<boolean> {
  return (await db.run(statement, [project.id, project.slug, project.name])).length === 1;
}
