export const budgetPeriods = ['day', 'week', 'month', 'span'] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

/**
 * What decides a budget's windows. `weekStart`: 1 = Monday to 7 = Sunday. `anchorDay`: 1 to 31, the day of the
 * month on which a month begins; in a month without that day its last one. A span is one window.
 */
export type BudgetCalendar = { readonly timeZone: string } & (
  | { readonly period: 'day' }
  | { readonly period: 'week'; readonly weekStart: number }
  | { readonly period: 'month'; readonly anchorDay: number }
  | { readonly period: 'span'; readonly fromMs: number; readonly toMs: number }
);
