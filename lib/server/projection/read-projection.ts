import 'server-only';
import type { Database } from '#db/database.ts';
import type { ProjectionView } from '#lib/projection/projection-view.ts';
import { toProjectionView } from '#lib/projection/to-projection-view.ts';
import { readSpendProjection } from './read-spend-projection.ts';

/** The whole project's spend in a window, and where it is heading. */
export async function readProjection(
  db: Database,
  query: {
    readonly projectId: number;
    readonly window: { readonly fromMs: number; readonly toMs: number };
    readonly timeZone: string;
    readonly nowMs: number;
    readonly limit: bigint | null;
  },
): Promise<ProjectionView> {
  return toProjectionView({ ...query, ...(await readSpendProjection(db, query)) });
}
