import type { Database } from '../database.ts';
import { projects } from '../schema/projects.ts';

const rowsMax = 10_000;

export async function listProjects(db: Database): Promise<readonly (typeof projects.$inferSelect)[]> {
  return db.ask((orm) => orm.select().from(projects).orderBy(projects.id).limit(rowsMax));
}
