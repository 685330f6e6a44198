import type { Database } from '../database.ts';

/** Gives the space of folded deltas back, without which reads of the table slow down within minutes. */
export async function vacuumDeltas(db: Database): Promise<void> {
  await db.run('vacuum (truncate on, index_cleanup on) pending_flushes, rollup_corrections', [], {
    deadlineMs: 30_000,
  });
}
