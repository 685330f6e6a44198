import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInstant } from './parse-instant.ts';

const always = { earliestMs: Number.NEGATIVE_INFINITY } as const;

describe('an instant has one form, in UTC, with the fraction that was sent', () => {
  test.each([
    ['2026-11-21T06:47:00Z', '2026-11-21T06:47:00Z'],
    ['2026-11-21T06:47:00.1Z', '2026-11-21T06:47:00.1Z'],
    ['2026-11-21T06:47:00.123456Z', '2026-11-21T06:47:00.123456Z'],
    ['2026-11-21T06:47:00.123456789Z', '2026-11-21T06:47:00.123456Z'],
    ['2026-11-21t06:47:00z', '2026-11-21T06:47:00Z'],
    ['2026-11-21T06:47:00+05:45', '2026-11-21T01:02:00Z'],
    ['2026-11-21T06:47:00.5-23:59', '2026-11-22T06:46:00.5Z'],
    ['2026-11-21T06:47:00-00:00', '2026-11-21T06:47:00Z'],
    ['2024-02-29T23:59:59.999999Z', '2024-02-29T23:59:59.999999Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.999999Z'],
    ['2017-01-01T05:44:60.25+05:45', '2016-12-31T23:59:59.999999Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  ])('%s is %s', (text, iso) => {
    expect(parseInstant(text)?.iso).toBe(iso);
  });
});

describe('what is no instant of RFC 3339 is refused', () => {
  test.each([
    '',
    'now',
    'infinity',
    '1763707620',
    '2026-11-21',
    '2026-11-21T06:47Z',
    '2026-11-21T06:47:00',
    '2026-11-21 06:47:00Z',
    '2026-02-29T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-32T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T23:60:00Z',
    '2026-11-21T23:59:61Z',
    '2026-11-21T23:59:60Z',
    '2016-12-31T12:59:60Z',
    '2016-12-31T23:59:60-01:00',
    '2026-11-21T06:47:00.Z',
    '2026-11-21T06:47:00.1234567890Z',
    '2026-11-21T06:47:00,5Z',
    '2026-11-21T06:47:00+24:00',
    '2026-11-21T06:47:00+05:60',
    '2026-11-21T06:47:00+0545',
    '2026-11-21T06:47:00+05',
    '2026-11-21T06:47:00Zulu',
    '2026-11-21T06:47:00Z ',
    ' 2026-11-21T06:47:00Z',
    '+002026-11-21T06:47:00Z',
    '2026-11-21T06:47:00\u221205:00',
    '２０26-11-21T06:47:00Z',
    '-026-11-21T06:47:00Z',
    '2026-11-2XT06:47:00Z',
    '9999-12-31T23:59:59-00:01',
    '0000-01-01T00:00:00+00:01',
  ])('%j', (text) => {
    expect(parseInstant(text, always)).toBeNull();
  });
});

test('the range includes both ends, and starts in the year 2000 by default', () => {
  expect(parseInstant('1999-12-31T23:59:59.999Z')).toBeNull();
  expect(parseInstant('2000-01-01T00:00:00Z')).not.toBeNull();
  const range = { earliestMs: 0, latestMs: 1_000 };
  expect(parseInstant('1970-01-01T00:00:00Z', range)?.epochMs).toBe(0);
  expect(parseInstant('1970-01-01T00:00:01Z', range)?.epochMs).toBe(1_000);
  expect(parseInstant('1970-01-01T00:00:01.001Z', range)).toBeNull();
});

test('every millisecond of the years 0 to 9999 reads as Date writes it', () => {
  const instants = fc.date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, (date) => {
      const iso = date.toISOString();
      expect(parseInstant(iso, always)).toEqual({ epochMs: date.getTime(), iso });
    }),
    { numRuns: 2_000 },
  );
});

test('an offset moves the instant and nothing else', () => {
  const seconds = fc.integer({ min: 946_771_200, max: 4_102_444_800 });
  const offsets = fc.integer({ min: -1_439, max: 1_439 });
  fc.assert(
    fc.property(seconds, offsets, (second, offset) => {
      const local = new Date((second + offset * 60) * 1_000).toISOString().slice(0, 19);
      const two = (value: number) => String(Math.trunc(Math.abs(value))).padStart(2, '0');
      const text = `${local}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
      expect(parseInstant(text)?.epochMs).toBe(second * 1_000);
    }),
    { numRuns: 2_000 },
  );
});

test('a day is read exactly when the calendar has it', () => {
  const dates = fc.tuple(
    fc.integer({ min: 2000, max: 2400 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
  );
  fc.assert(
    fc.property(dates, ([year, month, day]) => {
      const real = new Date(Date.UTC(year, month - 1, day));
      const exists = real.getUTCMonth() === month - 1 && real.getUTCDate() === day;
      const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T00:00:00Z`;
      expect(parseInstant(text) !== null).toBe(exists);
    }),
    { numRuns: 5_000 },
  );
});

test('no text makes it throw or answer with an invalid instant', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const instant = parseInstant(text, always);
      if (instant !== null) expect(Number.isInteger(instant.epochMs)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
