import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BucketName, bucketsMax, calendarBuckets } from './calendar-buckets.ts';
import { startOfLocal } from './time-zone.ts';

const hourMs = 3_600_000;
const quarterMs = hourMs / 4;
const zones = Intl.supportedValuesOf('timeZone');

function edges(bucket: BucketName, zone: string, from: string, to: string, weekStart?: number): string[] {
  const { edgesMs } = calendarBuckets({
    fromMs: Date.parse(from),
    toMs: Date.parse(to),
    zone,
    bucket,
    weekStart,
  });
  return edgesMs.map((edgeMs) => new Date(edgeMs).toISOString().replace(':00.000Z', 'Z'));
}

function lengthsInHours(edgesMs: readonly number[]): number[] {
  return edgesMs.slice(1).map((edgeMs, index) => (edgeMs - (edgesMs[index] ?? Number.NaN)) / hourMs);
}

test.each(zones)('each day of 2026 and 2027 in %s begins at its first instant', (zone) => {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const { edgesMs } = calendarBuckets({
    fromMs: Date.UTC(2026, 0, 1),
    toMs: Date.UTC(2028, 0, 1),
    zone,
    bucket: 'day',
  });
  const days = edgesMs.slice(1, -1);
  expect(days.length).toBeGreaterThanOrEqual(729);
  expect(days.filter((edgeMs) => edgeMs % quarterMs !== 0)).toEqual([]);
  const dates = days.map((edgeMs) => clock.format(edgeMs).split(', ')[0]);
  const times = days.map((edgeMs) => clock.format(edgeMs).split(', ')[1]);
  expect(new Set(dates).size).toBe(days.length);
  // Where midnight is missing the day begins at 01:00, in the very millisecond after the day before.
  const withoutMidnight = days.filter((_, index) => times[index] !== '00:00:00');
  expect(withoutMidnight.length).toBeLessThanOrEqual(2);
  const lastMoments = days.map((edgeMs) => clock.format(edgeMs - 1).split(', ')[0]);
  expect(lastMoments.slice(1)).toEqual(dates.slice(0, -1));
  // Troll, an Antarctic station, moves by two hours; Lord Howe by half an hour.
  const usual = zone === 'Antarctica/Troll' ? [22, 24, 26] : [23, 23.5, 24, 24.5, 25];
  const odd = lengthsInHours(days).filter((hours) => !usual.includes(hours));
  expect(odd).toEqual([]);
});

test('Lord Howe alone has days of 23.5 and 24.5 hours', () => {
  const odd = zones.filter((zone) => {
    const { edgesMs } = calendarBuckets({
      fromMs: Date.UTC(2026, 0, 1),
      toMs: Date.UTC(2027, 0, 1),
      zone,
      bucket: 'day',
    });
    return lengthsInHours(edgesMs.slice(1, -1)).some((hours) => hours % 1 !== 0);
  });
  expect(odd).toEqual(['Australia/Lord_Howe']);
});

test('partial buckets at both ends are cut at from and to', () => {
  expect(edges('day', 'Europe/Berlin', '2026-03-28T10:05Z', '2026-03-30T09:00Z')).toEqual([
    '2026-03-28T10:05Z',
    '2026-03-28T23:00Z',
    '2026-03-29T22:00Z',
    '2026-03-30T09:00Z',
  ]);
});

test('aligned ends make no empty buckets', () => {
  expect(edges('day', 'America/New_York', '2026-03-08T05:00Z', '2026-03-09T04:00Z')).toEqual([
    '2026-03-08T05:00Z',
    '2026-03-09T04:00Z',
  ]);
});

test('hours stay hours where clocks go forward and back', () => {
  const forward = calendarBuckets({
    fromMs: Date.parse('2026-03-08T05:00Z'),
    toMs: Date.parse('2026-03-09T04:00Z'),
    zone: 'America/New_York',
    bucket: 'hour',
  });
  expect(lengthsInHours(forward.edgesMs)).toEqual(Array(23).fill(1));
  const back = calendarBuckets({
    fromMs: Date.parse('2026-11-01T04:00Z'),
    toMs: Date.parse('2026-11-02T05:00Z'),
    zone: 'America/New_York',
    bucket: 'hour',
  });
  expect(lengthsInHours(back.edgesMs)).toEqual(Array(25).fill(1));
});

test('where clocks move by half an hour, an hour is cut at the change', () => {
  expect(edges('hour', 'Australia/Lord_Howe', '2026-04-04T13:00Z', '2026-04-04T17:30Z')).toEqual([
    '2026-04-04T13:00Z',
    '2026-04-04T14:00Z',
    '2026-04-04T15:00Z',
    '2026-04-04T15:30Z',
    '2026-04-04T16:30Z',
    '2026-04-04T17:30Z',
  ]);
});

test('a day that never was has no bucket', () => {
  expect(edges('day', 'Pacific/Apia', '2011-12-29T10:00Z', '2011-12-31T10:00Z')).toEqual([
    '2011-12-29T10:00Z',
    '2011-12-30T10:00Z',
    '2011-12-31T10:00Z',
  ]);
});

test('weeks cross the turn of the year and begin on the day asked', () => {
  expect(edges('week', 'UTC', '2026-12-20T00:00Z', '2027-01-12T00:00Z')).toEqual([
    '2026-12-20T00:00Z',
    '2026-12-21T00:00Z',
    '2026-12-28T00:00Z',
    '2027-01-04T00:00Z',
    '2027-01-11T00:00Z',
    '2027-01-12T00:00Z',
  ]);
  expect(edges('week', 'UTC', '2026-12-20T00:00Z', '2027-01-03T00:00Z', 7)).toHaveLength(3);
});

test('months have their own lengths, also in February and over the turn of the year', () => {
  const { edgesMs } = calendarBuckets({
    fromMs: Date.parse('2027-12-01T00:00+13:00'),
    toMs: Date.parse('2028-05-01T00:00+12:00'),
    zone: 'Pacific/Auckland',
    bucket: 'month',
  });
  // Clocks go back by an hour in April.
  expect(lengthsInHours(edgesMs)).toEqual([31 * 24, 31 * 24, 29 * 24, 31 * 24, 30 * 24 + 1]);
});

test('total is one bucket', () => {
  expect(edges('total', 'Asia/Tokyo', '2026-01-01T00:07Z', '2027-01-01T00:00Z')).toEqual([
    '2026-01-01T00:07Z',
    '2027-01-01T00:00Z',
  ]);
});

const instant = fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2037, 0, 1) });
const bucketName = fc.constantFrom<BucketName>('15m', 'hour', 'day', 'week', 'month', 'total');

test('buckets cover the range without gap or overlap, and each starts where its local unit starts', () => {
  const span = fc.integer({ min: 1, max: 40 * 24 * hourMs });
  const weekStart = fc.integer({ min: 1, max: 7 });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      instant,
      span,
      bucketName,
      weekStart,
      (zone, fromMs, spanMs, bucket, week) => {
        const toMs = fromMs + spanMs;
        const { edgesMs, starts } = calendarBuckets({ fromMs, toMs, zone, bucket, weekStart: week });
        expect([edgesMs[0], edgesMs.at(-1)]).toEqual([fromMs, toMs]);
        expect(starts).toEqual(edgesMs.slice(0, -1));
        expect(lengthsInHours(edgesMs).every((hours) => hours > 0)).toBe(true);
        if (bucket === '15m' || bucket === 'total') return;
        for (const [index, startMs] of starts.entries()) {
          const own = startOfLocal({ unit: bucket, zone, instantMs: startMs, weekStart: week });
          if (index > 0) expect(own).toBe(startMs);
          const lastMs = (edgesMs[index + 1] ?? 0) - 1;
          expect(startOfLocal({ unit: bucket, zone, instantMs: lastMs, weekStart: week })).toBe(own);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('all inner edges of the last years fall on UTC quarter hours', () => {
  const span = fc.integer({ min: 1, max: 200 * 24 * hourMs });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, span, bucketName, (zone, fromMs, spanMs, bucket) => {
      const { edgesMs } = calendarBuckets({ fromMs, toMs: fromMs + spanMs, zone, bucket });
      expect(edgesMs.slice(1, -1).filter((edgeMs) => edgeMs % quarterMs !== 0)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('the most buckets are answered, one more is refused', () => {
  const query = { fromMs: 0, zone: 'UTC', bucket: '15m' } as const;
  expect(calendarBuckets({ ...query, toMs: bucketsMax * quarterMs }).starts).toHaveLength(bucketsMax);
  expect(() => calendarBuckets({ ...query, toMs: bucketsMax * quarterMs + 1 })).toThrow(
    expect.objectContaining({ code: 'invalid_query' }),
  );
});

test.each([
  ['an empty range', { fromMs: 5, toMs: 5 }],
  ['a backward range', { fromMs: 5, toMs: 4 }],
  ['NaN', { fromMs: Number.NaN, toMs: 4 }],
  ['infinity', { fromMs: 0, toMs: Number.POSITIVE_INFINITY }],
  ['a time before 1970', { fromMs: -1, toMs: 4 }],
  ['a time after 9989', { fromMs: 0, toMs: Date.UTC(9990, 0, 2) }],
  ['day 0 of the week', { fromMs: 0, toMs: 4, weekStart: 0 }],
  ['day 8 of the week', { fromMs: 0, toMs: 4, weekStart: 8 }],
  ['an unknown zone', { fromMs: 0, toMs: 4, zone: 'Mars/Olympus' }],
])('%s is refused', (_, query) => {
  const buckets: BucketName[] = ['day', '15m', 'total'];
  for (const bucket of buckets) {
    expect(() => calendarBuckets({ zone: 'UTC', bucket, ...query })).toThrow(
      expect.objectContaining({ code: 'invalid_query' }),
    );
  }
});
