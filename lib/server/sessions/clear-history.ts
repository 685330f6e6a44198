import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import { type Clearing, clearSession } from '#db/queries/clear-session.ts';
import { findPendingClear } from '#db/queries/find-pending-clear.ts';
import { type ClearMeasure, type ClearScope, measureClear } from '#db/queries/measure-clear.ts';
import type { ClearReceipt } from '#lib/chat/clear-receipt.ts';
import { AppError } from '#lib/errors.ts';
import { auditNote } from '../auth/audit-note.ts';
import { actorOf, type Principal } from '../auth/principal.ts';
import { unknownSession } from './unknown-session.ts';

/** Counts go out of date when a retention run or another clearing is at the same session; that is over soon. */
const triesMax = 20;

/**
 * Hides a session's messages: all, those before one, or those older than a time. At once for every reader,
 * all or nothing, and whatever is sent again stays hidden. The ledger is not touched.
 * @throws AppError `not_found`
 */
export async function clearHistory(
  db: Database,
  input: {
    readonly by: Principal;
    readonly id: string;
    readonly scope: ClearScope;
    readonly dryRun: boolean;
    readonly undoMinutes: number;
  },
): Promise<ClearReceipt> {
  const { by, id, scope } = input;
  for (let attempt = 1; attempt <= triesMax; attempt++) {
    const measure = await measureClear(db, { projectId: by.projectId, id, scope });
    if (measure === null) throw unknownSession(id);
    if (input.dryRun) return dryReceipt(measure);
    if (measure.throughSeq <= measure.clearedThroughSeq) {
      const pending = await findPendingClear(db, { projectId: by.projectId, id });
      return { ...nothingReceipt(measure), undoUntil: pending?.undoUntil.toISOString() ?? null };
    }
    const clearing = await clearSession(
      db,
      {
        projectId: by.projectId,
        id: randomUUID(),
        isAll: scope.kind === 'all',
        measure,
        undoSeconds: input.undoMinutes * 60,
      },
      auditNote({
        actor: actorOf(by),
        action: 'history_cleared',
        details: { session: id, scope: scopeText(scope), messages: measure.messages, bytes: measure.bytes },
      }),
    );
    if (clearing !== null) return toReceipt(clearing);
  }
  throw new AppError('conflict', 'The session is being cleared by others. Nothing was changed: try again.');
}

function scopeText(scope: ClearScope): string {
  if (scope.kind === 'all') return 'all';
  return scope.kind === 'beforeSeq' ? `before ${scope.seq}` : `before ${scope.time.toISOString()}`;
}

function nothingReceipt(measure: ClearMeasure): ClearReceipt {
  const { epoch, clearedThroughSeq } = measure;
  return {
    id: null,
    epoch,
    clearedThroughSeq,
    messages: 0,
    bytes: 0,
    clearedAt: null,
    undoUntil: null,
    dryRun: false,
  };
}

function dryReceipt(measure: ClearMeasure): ClearReceipt {
  const isSome = measure.throughSeq > measure.clearedThroughSeq;
  return {
    ...nothingReceipt(measure),
    messages: isSome ? measure.messages : 0,
    bytes: isSome ? measure.bytes : 0,
    dryRun: true,
  };
}

function toReceipt(clearing: Clearing): ClearReceipt {
  return {
    ...clearing,
    clearedAt: clearing.clearedAt.toISOString(),
    undoUntil: clearing.undoUntil.toISOString(),
    dryRun: false,
  };
}
