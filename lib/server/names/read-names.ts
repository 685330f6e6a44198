import 'server-only';
import type { Database } from '#db/database.ts';
import { listNames, type Names } from '#db/queries/list-names.ts';

/** What filters can be set to. */
export function readNames(db: Database, projectId: number): Promise<Names> {
  return listNames(db, projectId);
}
