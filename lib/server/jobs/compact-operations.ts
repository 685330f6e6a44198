import 'server-only';
import type { Database } from '#db/database.ts';
import { foldOperations, foldOperationsMax } from '#db/queries/fold-operations.ts';
import { listOperationProjects } from '#db/queries/list-operation-projects.ts';
import { vacuumPendingOperations } from '#db/queries/vacuum-pending-operations.ts';

const foldedPerVacuum = 20_000;
const passesMax = 50;

/**
 * Folds all projects' operations, a bounded piece a statement. Two replicas never fold one project at once.
 * @returns how many were folded.
 */
export function operationCompactor(db: Database): () => Promise<number> {
  let sinceVacuum = 0;
  return async () => {
    let folded = 0;
    for (const projectId of await listOperationProjects(db)) {
      for (let pass = 0; pass < passesMax; pass++) {
        const operations = await foldOperations(db, { projectId });
        folded += operations ?? 0;
        if (operations === null || operations < foldOperationsMax) break;
      }
    }
    sinceVacuum += folded;
    if (sinceVacuum >= foldedPerVacuum) {
      sinceVacuum = 0;
      await vacuumPendingOperations(db);
    }
    return folded;
  };
}
