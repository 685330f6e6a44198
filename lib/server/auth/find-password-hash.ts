import 'server-only';
import type { Database } from '#db/database.ts';
import { listSettings } from '#db/queries/list-settings.ts';

/** The stored hash of the sign-in password; null when none is set. */
export async function findPasswordHash(db: Database, projectId: number): Promise<string | null> {
  const stored = (await listSettings(db, projectId)).get('password');
  return typeof stored === 'string' ? stored : null;
}
