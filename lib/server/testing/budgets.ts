import { randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import { expireHolds } from '#db/queries/expire-holds.ts';
import { findHoldFaults } from '#db/queries/find-hold-faults.ts';
import { insertBudget } from '#db/queries/put-budget.ts';
import { type Budget, toBudget } from '#lib/budget/budget.ts';
import { type NewBudgetInput, newBudget } from '#lib/budget/new-budget.ts';
import { toNewBudget } from '#lib/budget/to-new-budget.ts';
import { makeAlertTarget, removeAlertTarget, testAlertTarget } from '../alerts/alert-targets.ts';
import { deliverAlerts } from '../alerts/deliver-alerts.ts';
import { evaluateAlerts } from '../alerts/evaluate-alerts.ts';
import { markAlertsSeen, readAlerts } from '../alerts/read-alerts.ts';
import { auditNote } from '../auth/audit-note.ts';
import { explainBudget } from '../budgets/explain-budget.ts';
import { previewBudget } from '../budgets/preview-budget.ts';
import { viewBudgets } from '../budgets/read-budgets.ts';
import { openHoldDesk } from '../holds/hold-desk.ts';
import type { PlacedHold } from '../holds/place-holds.ts';
import { browserPrincipal } from './browser-principal.ts';
import { usageEvent } from './events.ts';
import { openReplica } from './ledger.ts';

/** A hard monthly budget of a project for tests; what a test is about is given. */
export async function makeBudget(
  db: Database,
  budget: Partial<NewBudgetInput> = {},
  projectId = 1,
): Promise<Budget> {
  const input = newBudget.parse({
    name: 'Test',
    limitUsd: '10',
    period: 'month',
    timeZone: 'UTC',
    hard: true,
    ...budget,
  });
  const made = toBudget(randomUUID(), input);
  await insertBudget(
    db,
    { projectId, budget: made },
    auditNote({ actor: 'test', action: 'budget_made', details: {} }),
  );
  return made;
}

/** A hold of one USD for tests. */
export function placedHold(hold: Partial<PlacedHold> & { readonly id: string }): PlacedHold {
  return {
    agent: 'coder',
    session: 'session-1',
    provider: null,
    model: null,
    source: 'direct',
    amountPicoUsd: 1_000_000_000_000n,
    ttlSeconds: 600,
    asked: 'test',
    tokens: null,
    ...hold,
  };
}

/** Each statement of budgets and holds once; what they answer, without what differs from run to run. */
export async function exerciseBudgets(db: Database, projectId: number): Promise<unknown> {
  const desk = openHoldDesk(db);
  const budget = await makeBudget(db, { limitUsd: '3' }, projectId);
  await makeBudget(
    db,
    { limitUsd: '9', scope: { agent: 'c*', model: 'm*', source: 'direct', session: 's*' } },
    projectId,
  );
  const outcomes: unknown[] = [];
  for (const id of ['a', 'b', 'c', 'd', 'a']) {
    outcomes.push(
      (await desk.place(projectId, placedHold({ id, ttlSeconds: id === 'c' ? 0 : 600 }))).outcome,
    );
  }
  await openReplica(db, projectId).send([usageEvent({ id: 'held', holdId: 'a' })]);
  const settled = await desk.end(projectId, { id: 'b', end: 'settle', costPicoUsd: 5n, tokens: null });
  outcomes.push(settled?.hold.state, await expireHolds(db, projectId), await findHoldFaults(db, projectId));
  await target(db, projectId);
  const nowMs = Date.parse('2026-11-20T12:00:00Z');
  outcomes.push(
    await evaluateAlerts(db, { projectId, nowMs }),
    (await readAlerts(db, { projectId, before: null, limit: 9 })).unseen,
  );
  await markAlertsSeen(db, { projectId, nowMs: Date.now() });
  outcomes.push((await previewBudget(db, { projectId, nowMs, input: toNewBudget(budget) })).periods.length);
  const [view] = await viewBudgets(db, [budget], { projectId, nowMs });
  const { holds, events } = await explainBudget(db, { projectId, id: budget.id, nowMs: Date.now() });
  outcomes.push(
    view?.spentUsd,
    holds.map(({ state, count }) => [state, count]),
    events.length,
  );
  return outcomes;
}

/** A target that refuses connections, and one attempt to reach it. */
async function target(db: Database, projectId: number): Promise<void> {
  const by = browserPrincipal(projectId);
  const { id } = await makeAlertTarget(
    { db, by },
    { name: 'x', kind: 'webhook', url: 'http://127.0.0.1:9/' },
  );
  await testAlertTarget({ db, by }, { id, nowMs: 0 });
  await deliverAlerts(db, { projectId, nowMs: () => 0 });
  await removeAlertTarget({ db, by }, id);
}
