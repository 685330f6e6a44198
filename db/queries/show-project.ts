import type { Database } from '../database.ts';

const statement = `
update login_sessions set shown_project_id = $3::int where project_id = $1::int and hash = decode($2::text, 'hex')`;

/** Turns a signed-in browser to a project. */
export async function showProject(
  db: Database,
  input: { readonly homeProjectId: number; readonly hash: string; readonly projectId: number },
): Promise<void> {
  await db.run(statement, [input.homeProjectId, input.hash, input.projectId]);
}
