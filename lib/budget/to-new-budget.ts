import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { Budget } from './budget.ts';
import type { NewBudget } from './new-budget.ts';

/** With null where nothing is set. */
export type SentBudget = NewBudget & {
  readonly limitUsd: string | null;
  readonly limitTokens: number | null;
  readonly from: string | null;
  readonly to: string | null;
};

/** A budget as it would be sent: for the answer of the API, the form, and for laying a patch over it. */
export function toNewBudget(budget: Budget): SentBudget {
  const { calendar } = budget;
  const span = calendar.period === 'span' ? calendar : null;
  return {
    name: budget.name,
    scope: budget.scope,
    limitUsd: budget.limitPicoUsd === null ? null : formatPicoUsd(budget.limitPicoUsd),
    limitTokens: budget.limitTokens,
    countTokens: [...budget.countTokens],
    period: calendar.period,
    from: span && new Date(span.fromMs).toISOString(),
    to: span && new Date(span.toMs).toISOString(),
    timeZone: calendar.timeZone,
    weekStart: calendar.period === 'week' ? calendar.weekStart : 1,
    anchorDay: calendar.period === 'month' ? calendar.anchorDay : 1,
    thresholds: [...budget.thresholds],
    rules: [...budget.rules],
    hard: budget.hard,
    whenUnavailable: budget.whenUnavailable,
    paused: budget.paused,
  };
}
