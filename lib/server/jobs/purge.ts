import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#db/database.ts';
import { beginPurges, purgeStep } from '#db/queries/purge-cleared.ts';

const chunk = 2_000;
/** Between chunks, so that appends to the same sessions are not held up. */
const pauseMs = 20;

/**
 * Empties the texts that were cleared longer ago than the time to undo, in chunks. A killed run is gone on
 * with by the next one, also of another replica.
 * @returns how many messages lost their text.
 */
export async function purgeCleared(
  db: Database,
  input: { readonly projectId: number; readonly signal: AbortSignal },
): Promise<number> {
  await beginPurges(db, input.projectId);
  let total = 0;
  while (!input.signal.aborted) {
    const emptied = await purgeStep(db, { projectId: input.projectId, limit: chunk });
    if (emptied === null) break;
    total += emptied;
    await pause(pauseMs);
  }
  return total;
}
