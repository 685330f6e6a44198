import type { BudgetView } from '#lib/budget/budget-view.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** Whose spend it counts: "agent coder, model claude-*"; "everything" without a scope. */
export function describeScope(scope: BudgetView['scope']): string {
  const parts = (['agent', 'model', 'provider', 'source', 'session'] as const).flatMap((name) =>
    scope[name] === undefined ? [] : [`${name} ${scope[name]}`],
  );
  return parts.length === 0 ? 'everything' : parts.join(', ');
}

/** "a day", "a week from Monday", "a month from the 15th", "once". */
export function describePeriod(budget: Pick<BudgetView, 'period' | 'weekStart' | 'anchorDay'>): string {
  switch (budget.period) {
    case 'day':
      return 'a day';
    case 'week':
      return `a week from ${weekdays[budget.weekStart - 1] ?? 'Monday'}`;
    case 'month':
      return budget.anchorDay === 1 ? 'a month' : `a month from day ${budget.anchorDay}`;
    case 'span':
      return 'once';
  }
}

/** An instant as the budget's own clocks show it: "Tue 1 Dec, 00:00". */
export function formatEdge(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(Date.parse(at));
}
