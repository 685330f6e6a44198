import { calendarBuckets } from '#lib/time/calendar-buckets.ts';
import { startOfLocal, zoneOffsetMs } from '#lib/time/time-zone.ts';
import type { AmountAt, SpendBasis } from './spend-projection.ts';
import type { DaySeries } from './weekday-factors.ts';

const dayMs = 86_400_000;

export type History = {
  /** Complete days, from the first with spend to yesterday. */
  readonly series: DaySeries;
  readonly today: { readonly startMs: number; readonly amount: bigint; readonly weekday: number };
  readonly basis: SpendBasis;
};

/** Lays sparse rows of days out as a row of all local days; days before the first with spend are unknown, not 0. */
export function toDaySeries({
  days,
  nowMs,
  timeZone,
}: {
  readonly days: readonly AmountAt[];
  readonly nowMs: number;
  readonly timeZone: string;
}): History {
  const known = new Map(days.map(({ startMs, amount }) => [startMs, amount]));
  const active = days.filter(({ startMs, amount }) => amount > 0n && startMs <= nowMs);
  const todayMs = startOfLocal({ unit: 'day', zone: timeZone, instantMs: nowMs });
  const firstDayMs = active.reduce((first, { startMs }) => Math.min(first, startMs), todayMs);
  const starts =
    firstDayMs === todayMs
      ? []
      : calendarBuckets({ fromMs: firstDayMs, toMs: todayMs, zone: timeZone, bucket: 'day' }).starts;
  return {
    series: {
      amounts: starts.map((startMs) => Number(known.get(startMs) ?? 0n)),
      weekdays: starts.map((startMs) => localWeekday(startMs, timeZone)),
    },
    today: { startMs: todayMs, amount: known.get(todayMs) ?? 0n, weekday: localWeekday(todayMs, timeZone) },
    basis: {
      days: starts.length,
      activeDays: active.length,
      firstDayMs: active.length === 0 ? null : firstDayMs,
    },
  };
}

/** 0 = Monday to 6 = Sunday. */
export function localWeekday(instantMs: number, timeZone: string): number {
  const day = Math.floor((instantMs + zoneOffsetMs(timeZone, instantMs)) / dayMs);
  return (((day + 3) % 7) + 7) % 7;
}
