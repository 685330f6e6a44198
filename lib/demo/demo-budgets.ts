import type { NewBudgetInput } from '#lib/budget/new-budget.ts';
import { zombieSession } from './make-night-watch.ts';

/**
 * What somebody with these agents would have set: a limit for all of them, one that the loop of the researcher
 * would have run into on its first morning, and one for the session that a heartbeat keeps awake.
 */
export const demoBudgets: readonly NewBudgetInput[] = [
  {
    name: 'All agents',
    limitUsd: '500',
    period: 'month',
    timeZone: 'UTC',
    rules: [{ kind: 'anomaly' }],
  },
  {
    name: 'Researcher',
    scope: { agent: 'researcher' },
    limitUsd: '20',
    period: 'day',
    timeZone: 'UTC',
    hard: true,
  },
  {
    name: 'Endless night watch',
    scope: { session: zombieSession },
    limitUsd: '15',
    period: 'week',
    timeZone: 'UTC',
  },
];
