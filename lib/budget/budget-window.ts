import { instantOfLocal, startOfCivil, zoneOffsetMs } from '#lib/time/time-zone.ts';
import type { BudgetCalendar } from './budget-calendar.ts';

/** [start, end) in ms since 1970. The end is the instant at which the budget begins anew. */
export type BudgetWindow = { readonly startMs: number; readonly endMs: number };

const dayMs = 86_400_000;

/**
 * The window of a budget that contains an instant, computed from the instant and the calendar alone, so there
 * is nothing to reset. Windows follow each other without gap or overlap: each begins at the first instant at
 * which the zone's clocks show its first day, also where midnight is missing or comes twice. A day has 23 to
 * 25 hours where clocks change. Null outside of a span.
 */
export function budgetWindow(calendar: BudgetCalendar, atMs: number): BudgetWindow | null {
  if (calendar.period === 'span') {
    const { fromMs, toMs } = calendar;
    return atMs >= fromMs && atMs < toMs ? { startMs: fromMs, endMs: toMs } : null;
  }
  const localMs = atMs + zoneOffsetMs(calendar.timeZone, atMs);
  let civilMs = civilStart(calendar, localMs);
  for (;;) {
    const nextMs = nextCivilStart(calendar, civilMs);
    const endMs = instantOfLocal(calendar.timeZone, nextMs);
    // Where clocks go back over midnight, they show the old day once more after the new one has begun.
    if (endMs > atMs) return { startMs: instantOfLocal(calendar.timeZone, civilMs), endMs };
    civilMs = nextMs;
  }
}

/**
 * The window at an instant and those before it, the newest first, at most `count`. A span has only itself;
 * past its end that is what is answered.
 */
export function recentWindows(
  calendar: BudgetCalendar,
  { atMs, count }: { readonly atMs: number; readonly count: number },
): readonly BudgetWindow[] {
  const windows: BudgetWindow[] = [];
  let window = currentWindow(calendar, atMs);
  while (window !== null && windows.length < count) {
    windows.push(window);
    window = calendar.period === 'span' ? null : budgetWindow(calendar, window.startMs - 1);
  }
  return windows;
}

/** As `budgetWindow`; of a span that is over or not begun, the span itself. */
export function currentWindow(calendar: BudgetCalendar, atMs: number): BudgetWindow | null {
  if (calendar.period !== 'span') return budgetWindow(calendar, atMs);
  return { startMs: calendar.fromMs, endMs: calendar.toMs };
}

type Repeating = Exclude<BudgetCalendar, { readonly period: 'span' }>;

function civilStart(calendar: Repeating, localMs: number): number {
  if (calendar.period === 'month') return anchoredMonth(calendar.anchorDay, localMs);
  const weekStart = calendar.period === 'week' ? calendar.weekStart : 1;
  return startOfCivil({ unit: calendar.period, localMs, weekStart });
}

function nextCivilStart(calendar: Repeating, civilMs: number): number {
  if (calendar.period === 'day') return civilMs + dayMs;
  if (calendar.period === 'week') return civilMs + 7 * dayMs;
  const date = new Date(civilMs);
  return anchorIn(date.getUTCFullYear(), date.getUTCMonth() + 1, calendar.anchorDay);
}

function anchoredMonth(anchorDay: number, localMs: number): number {
  const date = new Date(localMs);
  const inMonth = anchorIn(date.getUTCFullYear(), date.getUTCMonth(), anchorDay);
  return inMonth <= localMs ? inMonth : anchorIn(date.getUTCFullYear(), date.getUTCMonth() - 1, anchorDay);
}

/** The anchor day of a month, or the month's last day where it has no such day. */
function anchorIn(year: number, month: number, anchorDay: number): number {
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(anchorDay, days));
}
