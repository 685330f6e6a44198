import 'server-only';
import type { Database } from '#db/database.ts';
import { claimJobSlot, finishJobSlot } from '#db/queries/claim-job-slot.ts';

/**
 * Runs a periodic job's present slot unless a replica has run it or is running it.
 * @returns whether this process ran it.
 */
export async function runSlot(
  db: Database,
  job: {
    readonly name: string;
    readonly projectId: number;
    readonly everyMs: number;
    readonly nowMs: number;
    readonly work: () => Promise<Readonly<Record<string, unknown>>>;
  },
): Promise<boolean> {
  const slot = new Date(Math.floor(job.nowMs / job.everyMs) * job.everyMs);
  const claim = { projectId: job.projectId, job: job.name, slot };
  if (!(await claimJobSlot(db, claim))) return false;
  await finishJobSlot(db, { ...claim, outcome: await job.work() });
  return true;
}
