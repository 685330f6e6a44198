import 'server-only';
import type { CallNames } from '#lib/budget/budget-scope.ts';
import { AppError } from '#lib/errors.ts';
import { peekBudgets } from '../budgets/budget-list.ts';
import type { HoldDesk } from './hold-desk.ts';
import { hardSlots, matchingSlots } from './hold-slots.ts';

/**
 * A database that is away refuses holds: hard budgets fail closed. The answer tells what the budgets that
 * were last known say about that, so that a caller whose owner chose `open` may go on.
 */
export function asUnavailable(
  error: unknown,
  {
    desk,
    projectId,
    call,
  }: { readonly desk: HoldDesk; readonly projectId: number; readonly call: CallNames },
): unknown {
  if (!(error instanceof AppError) || error.code !== 'database_unavailable') return error;
  const known = peekBudgets(desk.db, projectId);
  const slots = known === null ? null : hardSlots(known.budgets, desk.nowMs());
  const mayGoOn =
    slots !== null &&
    matchingSlots(slots, call).every((slot) => slots[slot]?.budget.whenUnavailable === 'open');
  return new AppError('budget_unavailable', 'The budgets cannot be asked now, so nothing is held.', {
    cause: error,
    retryAfterSeconds: 1,
    details: { whenUnavailable: mayGoOn ? 'open' : 'closed' },
  });
}
