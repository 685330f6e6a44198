import 'server-only';
import type { Database } from '#db/database.ts';
import { listNames } from '#db/queries/list-names.ts';
import type { Names } from '#lib/usage/names.ts';

/** What filters can be set to, and what colours hang on. */
export function readNames(db: Database, projectId: number): Promise<Names> {
  return listNames(db, projectId);
}
