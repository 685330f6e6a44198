import type { Database } from '../database.ts';

/** When the latest stored model call of a project was made; null when there is none. */
export async function findLastCall(db: Database, projectId: number): Promise<Date | null> {
  const [row] = await db.run(
    'select ts from usage_events where project_id = $1::int order by ts desc limit 1',
    [projectId],
  );
  return row === undefined ? null : new Date(String(row['ts']));
}
