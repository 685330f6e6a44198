import type { Database } from '../database.ts';

const statement = `
insert into projects (id, slug, name) values ($1::int, $2::text, $3::text) on conflict do nothing`;

/** Makes a project unless it is there. */
export async function insertProject(
  db: Database,
  project: { readonly id: number; readonly slug: string; readonly name: string },
): Promise<void> {
  await db.run(statement, [project.id, project.slug, project.name]);
}
