import type { Database } from '../database.ts';

/** The channel that carries what changed from one replica to the others. */
export const liveChannel = 'plimsoll_live';

/** Sends a note (under 8,000 bytes) to all replicas. A statement of its own, never within a write. */
export async function notifyLive(db: Database, note: string): Promise<void> {
  await db.run('select pg_notify($1, $2)', [liveChannel, note]);
}
