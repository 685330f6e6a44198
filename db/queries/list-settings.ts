import { eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { settings } from '../schema/settings.ts';

const rowsMax = 200;

/** What was set, by name; names and shapes are those of lib/settings. */
export async function listSettings(db: Database, projectId: number): Promise<ReadonlyMap<string, unknown>> {
  const rows = await db.ask((orm) =>
    orm
      .select({ name: settings.name, value: settings.value })
      .from(settings)
      .where(eq(settings.projectId, projectId))
      .limit(rowsMax),
  );
  return new Map(rows.map(({ name, value }) => [name, value]));
}
