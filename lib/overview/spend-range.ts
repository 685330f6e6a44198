import { instantOfLocal, startOfLocal, zoneOffsetMs } from '#lib/time/time-zone.ts';
import type { RangeName } from './range-name.ts';

/** Ends are excluded. */
export type SpendRange = {
  readonly fromMs: number;
  readonly toMs: number;
  /** What the range is compared with: the same part of the day, week or month before. */
  readonly previousFromMs: number;
  readonly previousToMs: number;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * The instants of a named range up to now: `24h` is 24 hours of the clock, this one among them, `7d` and `30d`
 * are local days, today among them. Each is compared with what came as many hours, days or months before, up
 * to the same time of day; a month that was shorter is compared whole.
 */
export function namedRange({ name, zone, nowMs }: RangeQuestion): SpendRange {
  const toMs = nowMs + 1;
  const today = startOfLocal({ unit: 'day', zone, instantMs: nowMs });
  switch (name) {
    case 'today':
      return daysTo({ fromMs: today, toMs, days: 1, zone });
    case '7d':
    case '30d': {
      const days = name === '7d' ? 7 : 30;
      return daysTo({ fromMs: shiftDays(zone, today, 1 - days), toMs, days, zone });
    }
    case '24h': {
      const fromMs = startOfLocal({ unit: 'hour', zone, instantMs: nowMs }) - 23 * hourMs;
      return { fromMs, toMs, previousFromMs: fromMs - dayMs, previousToMs: toMs - dayMs };
    }
    case 'month': {
      const fromMs = startOfLocal({ unit: 'month', zone, instantMs: nowMs });
      const previousFromMs = startOfLocal({ unit: 'month', zone, instantMs: fromMs - 1 });
      const elapsedMs = localOf(zone, toMs) - localOf(zone, fromMs);
      const sameTimeMs = instantOfLocal(zone, localOf(zone, previousFromMs) + elapsedMs);
      return { fromMs, toMs, previousFromMs, previousToMs: Math.min(fromMs, sameTimeMs) };
    }
  }
}

/** A range of one's own is compared with the span of the same length before it. */
export function chosenRange({ fromMs, toMs }: Pick<SpendRange, 'fromMs' | 'toMs'>): SpendRange {
  return { fromMs, toMs, previousFromMs: Math.max(0, fromMs - (toMs - fromMs)), previousToMs: fromMs };
}

/** The instant that shows the same local time so many local days later (or, below 0, before). */
export function shiftDays(zone: string, instantMs: number, days: number): number {
  return instantOfLocal(zone, localOf(zone, instantMs) + days * dayMs);
}

type RangeQuestion = { readonly name: RangeName; readonly zone: string; readonly nowMs: number };

type DaysQuestion = { readonly fromMs: number; readonly toMs: number; days: number; zone: string };

function daysTo({ fromMs, toMs, days, zone }: DaysQuestion): SpendRange {
  return {
    fromMs,
    toMs,
    previousFromMs: shiftDays(zone, fromMs, -days),
    previousToMs: Math.min(fromMs, shiftDays(zone, toMs, -days)),
  };
}

/** What the zone's clocks show, as ms since 1970 as if it were UTC. */
function localOf(zone: string, instantMs: number): number {
  return instantMs + zoneOffsetMs(zone, instantMs);
}
