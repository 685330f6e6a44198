import { AppError } from '#lib/errors.ts';
import { BoundedMap } from './bounded-map.ts';

export type LocalUnit = 'hour' | 'day' | 'week' | 'month';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

type Zone = {
  readonly format: Intl.DateTimeFormat;
  /** Offset at each UTC midnight that was asked for; bounds the price of an answer to one Intl call a day. */
  readonly offsetsAtMidnight: BoundedMap<number, number>;
};

const zones = new BoundedMap<string, Zone>(64);

/** Whether the runtime knows the IANA name ("Europe/Berlin", "UTC"); bare offsets ("+02:00") are no zones. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return false;
  try {
    zoneNamed(name);
    return true;
  } catch {
    // Intl's only way to say no.
    return false;
  }
}

/**
 * What a zone's clocks show beyond UTC at an instant, in ms (New York in winter: -18,000,000). Instants are ms
 * since 1970 in the years 1 to 9999. Throws `AppError('invalid_query')` for an unknown zone. About 30 ns for a
 * day asked before, 2 microseconds for a new one. Assumes that no zone changes its clocks twice within one
 * UTC day and ends where it began; none in the time zone database does.
 */
export function zoneOffsetMs(zone: string, instantMs: number): number {
  const known = zoneNamed(zone);
  const day = Math.floor(instantMs / dayMs);
  const offset = offsetAtMidnight(known, day);
  return offset === offsetAtMidnight(known, day + 1) ? offset : measureOffset(known, instantMs);
}

/**
 * The first instant after `afterMs` and up to `untilMs` at which the zone's clocks change, or null. Looks for
 * one change; spans above two days may hide a pair that cancels out.
 */
export function findOffsetChange({
  zone,
  afterMs,
  untilMs,
}: {
  readonly zone: string;
  readonly afterMs: number;
  readonly untilMs: number;
}): number | null {
  const before = zoneOffsetMs(zone, afterMs);
  if (before === zoneOffsetMs(zone, untilMs)) return null;
  let low = afterMs;
  let high = untilMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffsetMs(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The instant at which the local hour, day, week or month that contains `instantMs` began: the first instant
 * that its clocks showed it. Where local midnight does not exist (Cairo, Beirut, Havana, Santiago: clocks go
 * from 23:59 to 01:00) that is the first instant of the day; where it exists twice, the earlier one. An hour
 * also begins where the clocks change within it (Lord Howe moves by 30 minutes).
 * `weekStart`: 1 = Monday (default) to 7 = Sunday.
 */
export function startOfLocal({
  unit,
  zone,
  instantMs,
  weekStart = 1,
}: {
  readonly unit: LocalUnit;
  readonly zone: string;
  readonly instantMs: number;
  readonly weekStart?: number | undefined;
}): number {
  if (unit === 'hour') return startOfHour(zone, instantMs);
  const localMs = instantMs + zoneOffsetMs(zone, instantMs);
  return instantOfLocal(zone, startOfCivil({ unit, localMs, weekStart }));
}

/**
 * Floors a local time, written as ms since 1970 as if it were UTC, to its day, week or month, in the same
 * notation. Pure calendar: clocks play no part.
 */
export function startOfCivil({
  unit,
  localMs,
  weekStart,
}: {
  readonly unit: 'day' | 'week' | 'month';
  readonly localMs: number;
  readonly weekStart: number;
}): number {
  const day = Math.floor(localMs / dayMs);
  if (unit === 'day') return day * dayMs;
  // Day 0 of 1970 was a Thursday, day 4 of an ISO week.
  if (unit === 'week') return (day - ((((day + 4 - weekStart) % 7) + 7) % 7)) * dayMs;
  const date = new Date(localMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** The first instant at which the zone's clocks show a local time (as ms, as if UTC) or, in a gap, jump past it. */
export function instantOfLocal(zone: string, localMs: number): number {
  // No offset exceeds 15 hours, so these two lie on either side of the answer.
  const before = zoneOffsetMs(zone, localMs - dayMs);
  const after = zoneOffsetMs(zone, localMs + dayMs);
  if (before === after) return localMs - before;
  const changeMs = findOffsetChange({ zone, afterMs: localMs - dayMs, untilMs: localMs + dayMs }) ?? localMs;
  if (localMs - before < changeMs) return localMs - before;
  return Math.max(localMs - after, changeMs);
}

function startOfHour(zone: string, instantMs: number): number {
  const offset = zoneOffsetMs(zone, instantMs);
  const startMs = Math.floor((instantMs + offset) / hourMs) * hourMs - offset;
  return findOffsetChange({ zone, afterMs: startMs, untilMs: instantMs }) ?? startMs;
}

function zoneNamed(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = { format: formatFor(name), offsetsAtMidnight: new BoundedMap<number, number>(4_096) };
  zones.set(name, zone);
  return zone;
}

function formatFor(name: string): Intl.DateTimeFormat {
  const numeric = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      second: 'numeric',
      ...numeric,
    });
  } catch (cause) {
    throw new AppError('invalid_query', `Unknown time zone ${JSON.stringify(name.slice(0, 64))}`, { cause });
  }
}

function offsetAtMidnight(zone: Zone, day: number): number {
  const known = zone.offsetsAtMidnight.get(day);
  if (known !== undefined) return known;
  const offset = measureOffset(zone, day * dayMs);
  zone.offsetsAtMidnight.set(day, offset);
  return offset;
}

/** Asks Intl; reading its "3/29/2026, 03:00:00" is twice as fast as `formatToParts`. */
function measureOffset(zone: Zone, instantMs: number): number {
  const wholeSecondMs = Math.floor(instantMs / 1_000) * 1_000;
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = zone.format
    .format(wholeSecondMs)
    .split(/[^0-9]+/)
    .map(Number);
  const local = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  local.setUTCFullYear(year, month - 1, day);
  return local.getTime() - wholeSecondMs;
}
