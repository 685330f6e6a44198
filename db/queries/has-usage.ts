import type { Database } from '../database.ts';

/** Whether a project ever stored a model call. */
export async function hasUsage(db: Database, projectId: number): Promise<boolean> {
  const [row] = await db.run(
    'select exists (select 1 from usage_events where project_id = $1::int) as found',
    [projectId],
  );
  return row?.['found'] === true;
}
