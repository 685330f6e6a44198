import 'server-only';
import type { Database } from '#db/database.ts';
import { foldDeltas, foldEventsMax } from '#db/queries/fold-deltas.ts';
import { listDeltaProjects } from '#db/queries/list-delta-projects.ts';
import { vacuumDeltas } from '#db/queries/vacuum-deltas.ts';

/** Often enough that the dead rows of folded flushes slow nobody. */
const foldedRowsPerVacuum = 20_000;
const passesMax = 50;

/**
 * Folds all projects' deltas, a bounded piece a statement. Two replicas never fold one project at once.
 * @returns how many events and corrections were folded.
 */
export function compactor(db: Database): () => Promise<number> {
  let sinceVacuum = 0;
  return async () => {
    let folded = 0;
    for (const projectId of await listDeltaProjects(db)) {
      for (let pass = 0; pass < passesMax; pass++) {
        const rows = await foldDeltas(db, { projectId });
        folded += rows ?? 0;
        // A pass that was not full took all there was; what came meanwhile is for the next second.
        if (rows === null || rows < foldEventsMax) break;
      }
    }
    sinceVacuum += folded;
    if (sinceVacuum >= foldedRowsPerVacuum) {
      sinceVacuum = 0;
      await vacuumDeltas(db);
    }
    return folded;
  };
}
