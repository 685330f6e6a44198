import type { Source } from '#lib/usage/source.ts';
import { fitsPattern } from './budget-pattern.ts';

/** Whose spend a budget counts: all that fit every named part. `*` in a pattern stands for anything. */
export type BudgetScope = {
  readonly agent?: string | undefined;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly source?: Source | undefined;
  readonly session?: string | undefined;
};

/** A call as far as it is known before it is made. */
export type CallNames = {
  readonly agent: string;
  readonly session: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly source: Source;
};

/**
 * Whether a budget may count a call. What the caller does not name (a model that is chosen later) may turn
 * out to fit, so it does not save the call from the budget; a call without a session is in none.
 */
export function mayCount(scope: BudgetScope, call: CallNames): boolean {
  return (
    fits(scope.agent, call.agent) &&
    fits(scope.provider, call.provider) &&
    fits(scope.model, call.model) &&
    (scope.source === undefined || scope.source === call.source) &&
    (scope.session === undefined || (call.session !== null && fitsPattern(call.session, scope.session)))
  );
}

function fits(pattern: string | undefined, name: string | null): boolean {
  return pattern === undefined || name === null || fitsPattern(name, pattern);
}
