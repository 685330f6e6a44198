import { startOfLocal, zoneOffsetMs } from '#lib/time/time-zone.ts';
import { shiftDays } from './spend-range.ts';

export type DaySpan = { readonly fromMs: number; readonly toMs: number };

const daysBack = 28;
/** Fewer days make no habit. */
const daysMin = 3;
const dayMs = 86_400_000;

/**
 * The days of the last four weeks that are of today's kind (Monday to Friday, or the weekend), each up to the
 * present time of day, the oldest first.
 */
export function daysLikeToday({ zone, nowMs }: { zone: string; nowMs: number }): readonly DaySpan[] {
  const todayMs = startOfLocal({ unit: 'day', zone, instantMs: nowMs });
  const spans: DaySpan[] = [];
  for (let back = daysBack; back >= 1; back--) {
    const fromMs = startOfLocal({ unit: 'day', zone, instantMs: shiftDays(zone, todayMs, -back) });
    if (isWeekend(zone, fromMs) !== isWeekend(zone, todayMs)) continue;
    const toMs = shiftDays(zone, nowMs, -back);
    if (toMs > fromMs) spans.push({ fromMs, toMs });
  }
  return spans;
}

export function isWeekend(zone: string, instantMs: number): boolean {
  // Day 0 of 1970 was a Thursday.
  const weekday = (Math.floor((instantMs + zoneOffsetMs(zone, instantMs)) / dayMs) + 4) % 7;
  return weekday === 0 || weekday === 6;
}

/**
 * The middle one of the days' amounts, the lower one of two. Days before the first with any are no habit yet
 * and left out; null with fewer than three days.
 */
export function usualAmount(amounts: readonly bigint[]): { amount: bigint; days: number } | null {
  const first = amounts.findIndex((amount) => amount > 0n);
  const known = first < 0 ? [] : amounts.slice(first);
  if (known.length < daysMin) return null;
  const sorted = [...known].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { amount: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0n, days: known.length };
}
