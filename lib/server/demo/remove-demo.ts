import 'server-only';
import type { Database } from '#db/database.ts';
import { deleteDemoProject } from '#db/queries/delete-demo-project.ts';
import { insertAudit } from '#db/queries/insert-audit.ts';
import { listProjects } from '#db/queries/list-projects.ts';
import { auditNote } from '../auth/audit-note.ts';
import { defaultProjectId } from '../auth/auth-service.ts';

/** Removes the demo project with all that it holds. @returns false when there is none */
export async function removeDemo(db: Database, { actor }: { readonly actor: string }): Promise<boolean> {
  const demos = (await listProjects(db)).filter(({ isDemo }) => isDemo);
  for (const { id: projectId } of demos) {
    const note = auditNote({ actor, action: 'demo_removed', details: { projectId } });
    await insertAudit(db, { projectId: defaultProjectId, note });
    await deleteDemoProject(db, projectId);
  }
  return demos.length > 0;
}
