import 'server-only';
import { budgetWindow } from '#lib/budget/budget-window.ts';
import { AppError } from '#lib/errors.ts';

export type WindowChoice = {
  readonly timeZone: string;
  readonly nowMs: number;
  readonly period: 'day' | 'week' | 'month';
  readonly weekStart: number;
  /** Instead of the present period. */
  readonly span: { readonly fromMs: number; readonly toMs: number } | null;
};

/**
 * The window to be foretold: the span, or the local day, week or month that holds `nowMs`.
 * @throws AppError `invalid_query` for a span that ends before it begins
 */
export function projectionWindow(choice: WindowChoice): { readonly fromMs: number; readonly toMs: number } {
  const { span, period, timeZone, weekStart } = choice;
  if (span !== null) {
    if (span.fromMs < span.toMs) return span;
    throw new AppError('invalid_query', 'Expected from to be before to');
  }
  const window = budgetWindow({ period, timeZone, weekStart, anchorDay: 1 }, choice.nowMs);
  if (window === null) throw new Error('A period without an end has a window at any instant.');
  return { fromMs: window.startMs, toMs: window.endMs };
}
