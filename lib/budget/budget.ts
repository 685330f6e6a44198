import { assert } from '#lib/assert.ts';
import { parseUsd } from '#lib/pricing/parse-usd.ts';
import { parseInstant } from '#lib/time/parse-instant.ts';
import type { AlertRule } from './alert-rule.ts';
import type { BudgetCalendar } from './budget-calendar.ts';
import type { BudgetScope } from './budget-scope.ts';
import type { CountedTokens } from './counted-tokens.ts';
import type { NewBudget } from './new-budget.ts';

export type Budget = {
  readonly id: string;
  readonly name: string;
  readonly scope: BudgetScope;
  /** pico-USD. At least one of the two limits is there; the one that is reached first counts. */
  readonly limitPicoUsd: bigint | null;
  readonly limitTokens: number | null;
  readonly countTokens: readonly CountedTokens[];
  readonly calendar: BudgetCalendar;
  readonly thresholds: readonly number[];
  readonly rules: readonly AlertRule[];
  readonly hard: boolean;
  readonly whenUnavailable: 'closed' | 'open';
  readonly paused: boolean;
};

/** What was sent, which the schema has checked, as the domain has it. */
export function toBudget(id: string, input: NewBudget): Budget {
  return {
    id,
    name: input.name,
    scope: input.scope,
    limitPicoUsd: input.limitUsd == null ? null : parseUsd(input.limitUsd),
    limitTokens: input.limitTokens ?? null,
    countTokens: input.countTokens,
    calendar: toCalendar(input),
    thresholds: [...input.thresholds].sort((a, b) => a - b),
    rules: input.rules,
    hard: input.hard,
    whenUnavailable: input.whenUnavailable,
    paused: input.paused,
  };
}

function toCalendar(input: NewBudget): BudgetCalendar {
  const { timeZone } = input;
  switch (input.period) {
    case 'day':
      return { period: 'day', timeZone };
    case 'week':
      return { period: 'week', timeZone, weekStart: input.weekStart };
    case 'month':
      return { period: 'month', timeZone, anchorDay: input.anchorDay };
    case 'span':
      return { period: 'span', timeZone, fromMs: instantMs(input.from), toMs: instantMs(input.to) };
  }
}

function instantMs(text: string | null | undefined): number {
  const instant = parseInstant(text ?? '');
  assert(instant !== null, 'the schema lets no span pass without its two instants');
  return instant.epochMs;
}
