import { z } from 'zod';
import { assert } from '#lib/assert.ts';
import { bucketNames } from '#lib/time/calendar-buckets.ts';
import { type Instant, parseInstant } from '#lib/time/parse-instant.ts';
import { isTimeZone } from '#lib/time/time-zone.ts';
import { usageDimensions } from '#lib/usage/rollup-scope.ts';
import { wholeNumber } from './whole-number.ts';

export const instant = z
  .string()
  .refine((text) => readInstant(text) !== null, 'Expected RFC 3339 with an offset: 2026-11-21T06:47:00Z')
  .meta({ format: 'date-time' });

export const timeZone = z
  .string()
  .refine(isTimeZone, 'Expected an IANA time zone such as Europe/Berlin')
  .meta({ examples: ['Europe/Berlin'] });

const year2000Ms = Date.UTC(2000, 0, 1);

/** `GET /api/usage` */
export const usageQuery = z.strictObject({
  from: instant.describe('Included.'),
  to: instant.describe('Excluded.'),
  tz: timeZone.default('UTC').describe('The zone whose days, weeks and months are counted.'),
  bucket: z.enum(bucketNames).default('day'),
  groupBy: z
    .preprocess(splitList, z.array(z.enum(usageDimensions)).max(usageDimensions.length))
    .default([])
    .describe('Comma-separated. Only the named dimensions are in the rows.'),
  latency: z
    .enum(['true', 'false'])
    .default('true')
    .describe('`false` leaves the percentiles out (null), which makes the sum about three times as quick.'),
  weekStart: wholeNumber({ min: 1, max: 7 }).default(1).describe('1 is Monday, 7 is Sunday.'),
});

function splitList(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  return text === '' ? [] : [...new Set(text.split(',').map((name) => name.trim()))];
}

/**
 * An instant of a parsed query in ms since 1970; none before 2000, where no event can be. What is finer is
 * rounded up, so that of events to the millisecond exactly those from it on are after it.
 */
export function instantMs(text: string): number {
  const instant = readInstant(text);
  assert(instant !== null, 'the query schema lets only instants pass');
  const isFiner = /\.\d{3}\d*[1-9]/.test(instant.iso);
  return Math.max(year2000Ms, instant.epochMs + (isFiner ? 1 : 0));
}

/** In an address a plus that is not encoded is a space, which stands nowhere else before an offset. */
function readInstant(text: string): Instant | null {
  const time = text.replace(/ (?=\d\d:\d\d$)/, '+');
  return parseInstant(time, { earliestMs: Number.NEGATIVE_INFINITY });
}
