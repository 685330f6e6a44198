import type { Database } from '../database.ts';

/** Gives the space of folded flushes back, as `vacuumDeltas` does. */
export async function vacuumPendingOperations(db: Database): Promise<void> {
  await db.run('vacuum (truncate on, index_cleanup on) pending_operations', [], { deadlineMs: 30_000 });
}
