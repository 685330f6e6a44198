import 'server-only';
import type { Database } from '#db/database.ts';
import { listProjects } from '#db/queries/list-projects.ts';
import type { ProjectView } from '#lib/settings/project-view.ts';
import type { Principal } from '../auth/principal.ts';

/** The projects that somebody may look at: a signed-in browser all of them, a key its own. */
export async function readProjects(db: Database, by: Principal): Promise<readonly ProjectView[]> {
  const all = await listProjects(db);
  return all
    .filter(({ id }) => by.kind === 'browser' || id === by.projectId)
    .map(({ id, slug, name, isDemo }) => ({ slug, name, isDemo, isShown: id === by.projectId }));
}
