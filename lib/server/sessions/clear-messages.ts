import 'server-only';
import type { z } from 'zod';
import type { Database } from '#db/database.ts';
import type { ClearScope } from '#db/queries/measure-clear.ts';
import type { ClearReceipt } from '#lib/chat/clear-receipt.ts';
import { env } from '#lib/env.ts';
import type { clearQuery } from '#lib/http/contract/clear-contract.ts';
import type { Principal } from '../auth/principal.ts';
import type { LiveHub } from '../live/live-hub.ts';
import { clearHistory } from './clear-history.ts';

type ClearQuery = z.output<typeof clearQuery>;

/**
 * Clears a session's history as a request asks for it.
 * @throws AppError `not_found`
 */
export async function clearMessages(
  db: Database,
  input: {
    readonly by: Principal;
    readonly id: string;
    readonly query: ClearQuery;
    readonly announce: LiveHub['publish'];
  },
): Promise<ClearReceipt> {
  const { by, id, query } = input;
  const receipt = await clearHistory(db, {
    by,
    id,
    scope: toScope(query),
    dryRun: query.dryRun === 'true',
    undoMinutes: env().PLIMSOLL_UNDO_MINUTES,
  });
  if (receipt.id !== null) input.announce(by.projectId, { topics: ['messages'], sessions: [id] });
  return receipt;
}

function toScope({ beforeSeq, beforeTime }: ClearQuery): ClearScope {
  if (beforeSeq !== undefined) return { kind: 'beforeSeq', seq: beforeSeq };
  if (beforeTime !== undefined) return { kind: 'beforeTime', time: new Date(beforeTime) };
  return { kind: 'all' };
}
