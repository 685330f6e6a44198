import 'server-only';
import type { Database } from '#db/database.ts';
import { filledBlocksMax, fillMessageBlocks } from '#db/queries/fill-message-blocks.ts';
import { listProjects } from '#db/queries/list-projects.ts';
import { AppError } from '#lib/errors.ts';
import { log } from '#lib/log.ts';
import { compactor } from './compact.ts';
import { operationCompactor } from './compact-operations.ts';
import { expireOldMessages, sweepStaleRows } from './expire.ts';
import { purgeCleared } from './purge.ts';
import { repeat } from './repeat.ts';
import { runSlot } from './run-slot.ts';
import { checkHolds, watchBudgets } from './watch-budgets.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export type JobOptions = {
  readonly db: Database;
  readonly retentionDaysOf: (projectId: number) => Promise<number>;
};

/**
 * A pass writes every row that it touches once, however many events came: on a busy server it takes a tenth
 * of the time, and reads, which add what waits, have three seconds' events more to add at most.
 */
const compactEveryMs = (tookMs: number) => Math.min(Math.max(1_000, tookMs * 10), 3_000);

/** Starts what runs beside the requests; the answer stops it and waits for what is under way. */
export function startJobs({ db, retentionDaysOf }: JobOptions): () => Promise<void> {
  const jobs = [
    repeat({ name: 'compact', everyMs: compactEveryMs, work: compactor(db), onError: report }),
    repeat({ name: 'compact-operations', everyMs: 2_000, work: operationCompactor(db), onError: report }),
    repeat({
      name: 'watch-budgets',
      everyMs: 2_000,
      work: () => watchBudgets(db, Date.now),
      onError: report,
    }),
    repeat({ name: 'check-holds', everyMs: minuteMs, work: () => checkHolds(db), onError: report }),
    repeat({
      name: 'sum-messages',
      everyMs: 5_000,
      onError: report,
      work: async (signal) => {
        for (const { id: projectId } of await listProjects(db)) await sumMessages(db, { projectId, signal });
      },
    }),
    repeat({
      name: 'purge',
      everyMs: 15_000,
      onError: report,
      work: async (signal) => {
        for (const { id: projectId } of await listProjects(db)) await purgeCleared(db, { projectId, signal });
      },
    }),
    repeat({
      name: 'expire',
      everyMs: 10 * minuteMs,
      onError: report,
      work: async (signal) => {
        for (const { id: projectId } of await listProjects(db)) {
          const nowMs = Date.now();
          const slot = { projectId, nowMs, everyMs: hourMs };
          await runSlot(db, {
            ...slot,
            name: 'expire-messages',
            work: async () => {
              const retentionDays = await retentionDaysOf(projectId);
              return { expired: await expireOldMessages(db, { projectId, retentionDays, nowMs, signal }) };
            },
          });
          await runSlot(db, {
            ...slot,
            name: 'sweep-stale',
            work: () => sweepStaleRows(db, { projectId, nowMs }),
          });
        }
      },
    }),
  ];
  return async () => {
    await Promise.all(jobs.map((stop) => stop()));
  };
}

async function sumMessages(
  db: Database,
  { projectId, signal }: { readonly projectId: number; readonly signal: AbortSignal },
): Promise<void> {
  let due = filledBlocksMax;
  while (due === filledBlocksMax && !signal.aborted) due = await fillMessageBlocks(db, projectId);
}

function report(job: string, cause: unknown): void {
  if (cause instanceof AppError && cause.code === 'database_unavailable') log.debug('job.skipped', { job });
  else log.error('job.failed', { job, cause });
}
