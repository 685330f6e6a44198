import 'server-only';
import type { HoldSlot } from '#db/queries/admit-holds.ts';
import type { Budget } from '#lib/budget/budget.ts';
import type { BudgetCalendar } from '#lib/budget/budget-calendar.ts';
import { type CallNames, mayCount } from '#lib/budget/budget-scope.ts';
import { type BudgetWindow, budgetWindow } from '#lib/budget/budget-window.ts';
import type { CountedTokens } from '#lib/budget/counted-tokens.ts';

export type PlannedTokens = { readonly inputTokens: number; readonly maxOutputTokens: number };

/** The hard budgets that a call must fit, at an instant, and their windows. Paused ones refuse nothing. */
export function hardSlots(
  budgets: readonly Budget[],
  nowMs: number,
): readonly (HoldSlot & { readonly budget: Budget })[] {
  return budgets.flatMap((budget) => {
    const window = budget.hard && !budget.paused ? windowAt(budget.calendar, nowMs) : null;
    if (window === null) return [];
    const { id, scope, limitPicoUsd, limitTokens } = budget;
    return [{ id, scope, window, counted: budget.countTokens, limitPicoUsd, limitTokens, budget }];
  });
}

const windows = new WeakMap<BudgetCalendar, BudgetWindow>();

/** As `budgetWindow`, which asks for the time zone's rules: of 50 budgets that is a millisecond for each hold. */
function windowAt(calendar: BudgetCalendar, nowMs: number): BudgetWindow | null {
  const known = windows.get(calendar);
  if (known && nowMs >= known.startMs && nowMs < known.endMs) return known;
  const window = budgetWindow(calendar, nowMs);
  if (window !== null) windows.set(calendar, window);
  return window;
}

export function matchingSlots(slots: readonly HoldSlot[], call: CallNames): readonly number[] {
  return slots.flatMap((slot, index) => (mayCount(slot.scope, call) ? [index] : []));
}

/** The most that a budget may count: which of the sent tokens are cached is not known before. */
export function countedAtMost(tokens: PlannedTokens, counted: readonly CountedTokens[]): number {
  const input = counted.some((bucket) => bucket !== 'output') ? tokens.inputTokens : 0;
  return input + (counted.includes('output') ? tokens.maxOutputTokens : 0);
}
