import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTimeZone, startOfLocal, zoneOffsetMs } from './time-zone.ts';

const hourMs = 3_600_000;

test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'Asia/Kathmandu'])(
  '%s is a time zone',
  (name) => {
    expect(isTimeZone(name)).toBe(true);
  },
);

test.each(['', 'Berlin', 'Europe/Atlantis', '+02:00', '-0500', 'Z ', 'Europe/Berlin\n', 'a'.repeat(1_000)])(
  '%j is no time zone',
  (name) => {
    expect(isTimeZone(name)).toBe(false);
  },
);

test('an unknown zone is the fault of the query', () => {
  expect(() => zoneOffsetMs('Europe/Atlantis', 0)).toThrow(
    expect.objectContaining({ code: 'invalid_query' }),
  );
});

test.each([
  ['UTC', '2026-07-01T00:00:00Z', 0],
  ['America/New_York', '2026-01-15T12:00:00Z', -5],
  ['America/New_York', '2026-07-15T12:00:00Z', -4],
  ['America/New_York', '2026-03-08T06:59:59.999Z', -5],
  ['America/New_York', '2026-03-08T07:00:00Z', -4],
  ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 5.75],
  ['Australia/Lord_Howe', '2026-01-01T00:00:00Z', 11],
  ['Australia/Lord_Howe', '2026-07-01T00:00:00Z', 10.5],
  ['Pacific/Apia', '2011-12-30T09:59:59.999Z', -10],
  ['Pacific/Apia', '2011-12-30T10:00:00Z', 14],
])('the clocks of %s at %s are %d hours ahead of UTC', (zone, instant, hours) => {
  expect(zoneOffsetMs(zone, Date.parse(instant))).toBe(hours * hourMs);
});

test('offsets agree with what Intl names them, at any instant in any zone', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const instant = fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2037, 0, 1) });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, (zone, instantMs) => {
      const named = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
        .formatToParts(instantMs)
        .find(({ type }) => type === 'timeZoneName');
      const [, sign, hours = 0, minutes = 0] = /^GMT(?:([+-])(\d+):(\d+))?$/.exec(named?.value ?? '') ?? [];
      const magnitude = (Number(hours) * 60 + Number(minutes)) * 60_000;
      expect(zoneOffsetMs(zone, instantMs) + 0).toBe(sign === '-' ? -magnitude : magnitude);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['day', 'America/New_York', '2026-03-08T23:00:00-04:00', '2026-03-08T05:00:00Z'],
  ['day', 'America/New_York', '2026-11-01T23:00:00-05:00', '2026-11-01T04:00:00Z'],
  // Midnight does not exist: 23:59:59 is followed by 01:00.
  ['day', 'Africa/Cairo', '2026-04-24T12:00:00+03:00', '2026-04-23T22:00:00Z'],
  ['day', 'Asia/Beirut', '2026-03-29T12:00:00+03:00', '2026-03-28T22:00:00Z'],
  ['day', 'America/Santiago', '2026-09-06T12:00:00-03:00', '2026-09-06T04:00:00Z'],
  ['day', 'America/Havana', '2026-03-08T12:00:00-04:00', '2026-03-08T05:00:00Z'],
  ['day', 'America/Asuncion', '2023-10-01T12:00:00-03:00', '2023-10-01T04:00:00Z'],
  // Midnight exists twice: 00:59:59 is followed by 00:00.
  ['day', 'America/Havana', '2026-11-01T12:00:00-05:00', '2026-11-01T04:00:00Z'],
  ['day', 'Asia/Kathmandu', '2026-05-05T00:10:00+05:45', '2026-05-04T18:15:00Z'],
  // 30 December was skipped.
  ['day', 'Pacific/Apia', '2011-12-31T01:00:00+14:00', '2011-12-30T10:00:00Z'],
  ['week', 'Europe/Berlin', '2026-11-22T23:59:59+01:00', '2026-11-15T23:00:00Z'],
  ['week', 'Europe/Berlin', '2026-11-16T00:00:00+01:00', '2026-11-15T23:00:00Z'],
  ['month', 'Europe/Berlin', '2026-03-31T23:00:00+02:00', '2026-02-28T23:00:00Z'],
  ['month', 'Asia/Tokyo', '2026-01-01T00:00:00+09:00', '2025-12-31T15:00:00Z'],
  ['hour', 'Asia/Kolkata', '2026-01-01T10:59:59+05:30', '2026-01-01T04:30:00Z'],
  ['hour', 'America/New_York', '2026-11-01T01:30:00-05:00', '2026-11-01T06:00:00Z'],
  ['hour', 'Australia/Lord_Howe', '2026-04-05T01:45:00+10:30', '2026-04-04T15:00:00Z'],
] as const)('the local %s of %s at %s began at %s', (unit, zone, instant, start) => {
  const startMs = startOfLocal({ unit, zone, instantMs: Date.parse(instant) });
  expect(new Date(startMs).toISOString()).toBe(new Date(start).toISOString());
});

test('a week may begin on any day', () => {
  // 21 November 2026 is a Saturday.
  const starts = [1, 2, 3, 4, 5, 6, 7].map((weekStart) => {
    const instantMs = Date.UTC(2026, 10, 21, 12);
    return new Date(startOfLocal({ unit: 'week', zone: 'UTC', instantMs, weekStart })).getUTCDate();
  });
  expect(starts).toEqual([16, 17, 18, 19, 20, 21, 15]);
});

test('a unit began at or before its instant, and its start is its own start', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const instant = fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2037, 0, 1) });
  const unit = fc.constantFrom('hour', 'day', 'week', 'month');
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, unit, (zone, instantMs, unitName) => {
      const startMs = startOfLocal({ unit: unitName, zone, instantMs });
      expect(startMs).toBeLessThanOrEqual(instantMs);
      expect(startOfLocal({ unit: unitName, zone, instantMs: startMs })).toBe(startMs);
    }),
    { numRuns: 2_000 },
  );
});
