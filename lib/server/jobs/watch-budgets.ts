import 'server-only';
import type { Database } from '#db/database.ts';
import { expireHolds, expireHoldsMax } from '#db/queries/expire-holds.ts';
import { findHoldFaults } from '#db/queries/find-hold-faults.ts';
import { listProjects } from '#db/queries/list-projects.ts';
import { log } from '#lib/log.ts';
import { deliverAlerts } from '../alerts/deliver-alerts.ts';
import { evaluateAlerts } from '../alerts/evaluate-alerts.ts';

/** Expires holds, fires alerts and sends what waits, for all projects. Replicas may all do it: nothing doubles. */
export async function watchBudgets(db: Database, nowMs: () => number): Promise<void> {
  for (const { id: projectId } of await listProjects(db)) {
    while ((await expireHolds(db, projectId)) === expireHoldsMax);
    await evaluateAlerts(db, { projectId, nowMs: nowMs() });
    await deliverAlerts(db, { projectId, nowMs });
  }
}

/** Says so in the log should a window's counters ever differ from its live holds. */
export async function checkHolds(db: Database): Promise<void> {
  for (const { id: projectId } of await listProjects(db)) {
    const faults = await findHoldFaults(db, projectId);
    if (faults.length > 0) log.error('holds.differ', { projectId, faults });
  }
}
