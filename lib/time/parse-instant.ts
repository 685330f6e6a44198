export type Instant = {
  /** Milliseconds since 1970-01-01T00:00:00Z, cut to the millisecond. */
  readonly epochMs: number;
  /** UTC, upper case, with as many fraction digits as were sent, at most 6: `2026-11-21T06:47:00.123456Z`. */
  readonly iso: string;
};

export type InstantRange = { readonly earliestMs?: number; readonly latestMs?: number };

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const;
const dayMs = 86_400_000;
const year0Ms = -62_167_219_200_000;
const year10000Ms = 253_402_300_800_000;
const year2000Ms = 946_684_800_000;

/**
 * Reads an RFC 3339 date-time with an offset, strictly: only days that exist, hours 00-23, at most 9 fraction
 * digits (cut to 6). `23:59:60` UTC at the end of a month is a leap second and becomes `:59.999999`.
 * @returns `null` for anything else, and outside of [`earliestMs` (default the year 2000), `latestMs`].
 */
export function parseInstant(text: string, range: InstantRange = {}): Instant | null {
  const { earliestMs = year2000Ms, latestMs = Number.POSITIVE_INFINITY } = range;
  const length = text.length;
  if (length < 20 || length > 35 || !hasSeparators(text)) return null;
  const dayNumber = readDay(text);
  const hour = readTwo(text, 11);
  const minute = readTwo(text, 14);
  const second = readTwo(text, 17);
  const fractionEnd = skipFraction(text);
  const offsetMinutes = readOffset(text, fractionEnd);
  // Each reader gives NaN for what it refuses, and NaN fails these comparisons.
  if (!(hour <= 23 && minute <= 59 && second <= 60 && Math.abs(offsetMinutes) < 1_440)) return null;
  const minuteMs = dayNumber * dayMs + hour * 3_600_000 + (minute - offsetMinutes) * 60_000;
  if (!(minuteMs >= year0Ms && minuteMs < year10000Ms)) return null;
  if (second === 60) return withinRange(leapSecond(minuteMs), earliestMs, latestMs);
  const millisecond = fractionEnd === 19 ? 0 : readMillisecond(text, fractionEnd);
  const epochMs = minuteMs + second * 1_000 + millisecond;
  const iso = isNormal(text, fractionEnd) ? text : toIso(epochMs, text.slice(19, Math.min(fractionEnd, 26)));
  return withinRange({ epochMs, iso }, earliestMs, latestMs);
}

function hasSeparators(text: string): boolean {
  const middle = text.charCodeAt(10);
  return (
    text.charCodeAt(4) === 0x2d &&
    text.charCodeAt(7) === 0x2d &&
    (middle === 0x54 || middle === 0x74) &&
    text.charCodeAt(13) === 0x3a &&
    text.charCodeAt(16) === 0x3a
  );
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar; NaN when there is no such day. */
function readDay(text: string): number {
  const year = readTwo(text, 0) * 100 + readTwo(text, 2);
  const month = readTwo(text, 5);
  const day = readTwo(text, 8);
  if (!(month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const before = daysBeforeMonth[month - 1] ?? Number.NaN;
  const after = (daysBeforeMonth[month] ?? Number.NaN) + (isLeap && month === 2 ? 1 : 0);
  if (day > after - before) return Number.NaN;
  // Leap days of the years before this one: the year 0 is a leap year, and day 719,528 is 1970-01-01.
  const past = year - 1;
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) + 1;
  return year * 365 + leapDays + before + (isLeap && month > 2 ? 1 : 0) + (day - 1) - 719_528;
}

function readTwo(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30;
  const ones = text.charCodeAt(at + 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** The offset after the fraction: 19 when there is none, 0 when it has no digit or more than 9. */
function skipFraction(text: string): number {
  if (text.charCodeAt(19) !== 0x2e) return 19;
  let end = 20;
  while (text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end += 1;
  return end === 20 || end > 29 ? 0 : end;
}

/** Minutes east of UTC, NaN when the rest of the text is not exactly one offset. */
function readOffset(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === 0x5a || sign === 0x7a) return text.length === at + 1 ? 0 : Number.NaN;
  if (sign !== 0x2b && sign !== 0x2d) return Number.NaN;
  if (text.length !== at + 6 || text.charCodeAt(at + 3) !== 0x3a) return Number.NaN;
  const minutes = readTwo(text, at + 4);
  const hours = readTwo(text, at + 1);
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN;
  return sign === 0x2d ? -(hours * 60 + minutes) : hours * 60 + minutes;
}

function readMillisecond(text: string, end: number): number {
  const hundreds = text.charCodeAt(20) - 0x30;
  const tens = end > 21 ? text.charCodeAt(21) - 0x30 : 0;
  const ones = end > 22 ? text.charCodeAt(22) - 0x30 : 0;
  return hundreds * 100 + tens * 10 + ones;
}

/** RFC 3339, appendix D: leap seconds come at the end of a month, in UTC. */
function leapSecond(minuteMs: number): Instant | null {
  const nextMinute = new Date(minuteMs + 60_000);
  const isMonthStart = nextMinute.getTime() % dayMs === 0 && nextMinute.getUTCDate() === 1;
  return isMonthStart ? { epochMs: minuteMs + 59_999, iso: toIso(minuteMs + 59_999, '.999999') } : null;
}

/** True when the text is its own normal form, which most senders' texts are. */
function isNormal(text: string, fractionEnd: number): boolean {
  return fractionEnd <= 26 && text.charCodeAt(fractionEnd) === 0x5a && text.charCodeAt(10) === 0x54;
}

function toIso(epochMs: number, fraction: string): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}${fraction}Z`;
}

function withinRange(instant: Instant | null, earliestMs: number, latestMs: number): Instant | null {
  if (instant === null) return null;
  return instant.epochMs >= earliestMs && instant.epochMs <= latestMs ? instant : null;
}
