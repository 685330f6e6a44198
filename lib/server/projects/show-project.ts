import 'server-only';
import type { Database } from '#db/database.ts';
import { listProjects } from '#db/queries/list-projects.ts';
import { showProject as turnTo } from '#db/queries/show-project.ts';
import { AppError } from '#lib/errors.ts';
import type { Principal } from '../auth/principal.ts';

/**
 * Turns a signed-in browser to another project, in all its tabs, until it turns back or signs out.
 * @throws AppError `forbidden` for a key, which opens one project only; `not_found`
 */
export async function showProject(db: Database, by: Principal, slug: string): Promise<void> {
  if (by.kind !== 'browser') throw new AppError('forbidden', 'A key opens its own project only.');
  const project = (await listProjects(db)).find((one) => one.slug === slug);
  if (project === undefined) throw new AppError('not_found', 'There is no project of this name.');
  await turnTo(db, { homeProjectId: by.homeProjectId, hash: by.sessionHash, projectId: project.id });
}
