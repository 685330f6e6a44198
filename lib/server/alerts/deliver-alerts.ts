import 'server-only';
import type { Database } from '#db/database.ts';
import { type ClaimedDelivery, claimDeliveries, finishDelivery } from '#db/queries/claim-deliveries.ts';
import { sendAlert } from './send-alert.ts';

const atOnce = 20;
/** After each failed attempt; then it is given up and shown so. Together about ten hours. */
const retrySeconds = [5, 30, 120, 600, 1_800, 7_200, 25_200] as const;

/**
 * Sends what is due in a project's outbox, at least once: the id of the delivery stays the same over all
 * attempts, so that a receiver can drop repeats.
 * @returns how many attempts were made
 */
export async function deliverAlerts(
  db: Database,
  { projectId, nowMs }: { readonly projectId: number; readonly nowMs: () => number },
): Promise<number> {
  const claimed = await claimDeliveries(db, { projectId, limit: atOnce });
  await Promise.all(claimed.map((delivery) => attempt(db, { projectId, nowMs, delivery })));
  return claimed.length;
}

async function attempt(
  db: Database,
  {
    projectId,
    nowMs,
    delivery,
  }: { readonly projectId: number; readonly nowMs: () => number; readonly delivery: ClaimedDelivery },
): Promise<void> {
  const error = await sendAlert(delivery, nowMs()).then(
    () => null,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
  await finishDelivery(db, {
    projectId,
    id: delivery.id,
    error,
    retrySeconds: retrySeconds[delivery.attempts - 1] ?? null,
  });
}
