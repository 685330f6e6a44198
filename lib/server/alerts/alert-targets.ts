import 'server-only';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import {
  deleteAlertTarget,
  insertAlertTarget,
  insertTestDelivery,
  listAlertTargets,
  type TargetRow,
} from '#db/queries/alert-targets.ts';
import type { AlertMessage } from '#lib/budget/alert-message.ts';
import type { NewAlertTarget } from '#lib/budget/alert-target-url.ts';
import { AppError } from '#lib/errors.ts';
import { auditNote } from '../auth/audit-note.ts';
import { actorOf, type Principal } from '../auth/principal.ts';

type By = { readonly db: Database; readonly by: Principal };

export type AlertTargetView = Omit<TargetRow, 'createdAt' | 'last'> & {
  readonly createdAt: string;
  readonly last: { readonly state: string; readonly at: string; readonly error: string | null } | null;
};

/** All targets, with what became of the last message to each. Their secrets are not told again. */
export async function readAlertTargets(db: Database, projectId: number): Promise<readonly AlertTargetView[]> {
  return (await listAlertTargets(db, projectId)).map(({ createdAt, last, ...target }) => ({
    ...target,
    createdAt: createdAt.toISOString(),
    last: last && { ...last, at: last.at.toISOString() },
  }));
}

/**
 * Adds a target. The secret with which its messages are signed is answered this once.
 * @throws AppError `conflict` when there are as many as there may be
 */
export async function makeAlertTarget(
  { db, by }: By,
  input: NewAlertTarget,
): Promise<{ readonly id: string; readonly secret: string }> {
  const target = { ...input, id: randomUUID(), secret: `whsec_${randomBytes(24).toString('base64url')}` };
  const details = { id: target.id, name: input.name, kind: input.kind };
  const note = auditNote({ actor: actorOf(by), action: 'alert_target_made', details });
  if (!(await insertAlertTarget(db, { projectId: by.projectId, target }, note))) {
    throw new AppError('conflict', 'There are as many targets as there may be: remove one first.');
  }
  return { id: target.id, secret: target.secret };
}

/** @throws AppError `not_found` */
export async function removeAlertTarget({ db, by }: By, id: string): Promise<void> {
  const note = auditNote({ actor: actorOf(by), action: 'alert_target_deleted', details: { id } });
  if (!(await deleteAlertTarget(db, { projectId: by.projectId, id }, note))) throw noTarget();
}

/**
 * Sends a message that says that it is a test, by the same way as the others.
 * @throws AppError `not_found`
 */
export async function testAlertTarget(
  { db, by }: By,
  { id, nowMs }: { readonly id: string; readonly nowMs: number },
): Promise<void> {
  const deliveryId = randomUUID();
  const payload: AlertMessage = {
    id: deliveryId,
    event: 'test',
    title: 'Plimsoll can reach you',
    text: 'This is a test. No budget is in danger.',
    budget: null,
    rule: null,
    at: new Date(nowMs).toISOString(),
    spentUsd: null,
    limitUsd: null,
    spentTokens: null,
    limitTokens: null,
    window: null,
  };
  const isFound = await insertTestDelivery(db, {
    projectId: by.projectId,
    id: deliveryId,
    targetId: id,
    payload,
  });
  if (!isFound) throw noTarget();
}

function noTarget(): AppError {
  return new AppError('not_found', 'There is no target of that id.');
}
