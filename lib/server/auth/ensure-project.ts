import 'server-only';
import type { Database } from '#db/database.ts';
import { insertProject } from '#db/queries/insert-project.ts';
import { defaultProjectId } from './auth-service.ts';

/** Makes the first project at the first start. */
export async function ensureProject(db: Database): Promise<void> {
  await insertProject(db, { id: defaultProjectId, slug: 'default', name: 'Default' });
}
