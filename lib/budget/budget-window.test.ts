import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BudgetCalendar } from './budget-calendar.ts';
import { type BudgetWindow, budgetWindow, recentWindows } from './budget-window.ts';

const zones = Intl.supportedValuesOf('timeZone');
const hourMs = 3_600_000;
const quarterMs = hourMs / 4;
const fromMs = Date.UTC(2027, 0, 1);
const untilMs = Date.UTC(2029, 0, 1);

/** All windows of two years with a leap day in them, each found from the end of the one before. */
function walk(calendar: BudgetCalendar): readonly BudgetWindow[] {
  const windows: BudgetWindow[] = [];
  for (let atMs = fromMs; atMs < untilMs; ) {
    const window = budgetWindow(calendar, atMs);
    if (window === null) break;
    windows.push(window);
    atMs = window.endMs;
  }
  return windows;
}

function datesIn(zone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  return (atMs) => format.format(atMs);
}

const calendars = (timeZone: string): readonly BudgetCalendar[] => [
  { period: 'day', timeZone },
  ...[1, 7].map((weekStart) => ({ period: 'week', timeZone, weekStart }) as const),
  ...[1, 29, 31].map((anchorDay) => ({ period: 'month', timeZone, anchorDay }) as const),
];

/** Plain comparisons, because a million of `expect` take half a minute. */
function faultsOf(calendar: BudgetCalendar): readonly string[] {
  const windows = walk(calendar);
  const dateOf = datesIn(calendar.timeZone);
  const faults: string[] = [];
  const claim = (holds: boolean, what: string, atMs: number) => {
    if (!holds) faults.push(`${JSON.stringify(calendar)} ${new Date(atMs).toISOString()}: ${what}`);
  };
  for (const [index, { startMs, endMs }] of windows.entries()) {
    const next = windows[index + 1];
    claim(next === undefined || next.startMs === endMs, 'touches the next', endMs);
    claim(startMs % quarterMs === 0, 'begins on a quarter hour', startMs);
    const last = budgetWindow(calendar, endMs - 1);
    claim(last?.startMs === startMs && last.endMs === endMs, 'holds to its last millisecond', endMs);
    const date = dateOf(startMs);
    claim(date !== dateOf(startMs - 1), 'begins with the first instant of a day', startMs);
    claim(beginsRight(calendar, date), 'begins on the right day', startMs);
  }
  claim(windows.length >= { day: 731, week: 104, month: 24, span: 1 }[calendar.period], 'are enough', 0);
  return faults;
}

function beginsRight(calendar: BudgetCalendar, date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  if (calendar.period === 'week') {
    return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7) === calendar.weekStart;
  }
  if (calendar.period !== 'month') return true;
  return day === Math.min(calendar.anchorDay, new Date(Date.UTC(year, month, 0)).getUTCDate());
}

test.each(zones)('windows of two years in %s follow each other without gap or overlap', (timeZone) => {
  expect(calendars(timeZone).flatMap(faultsOf)).toEqual([]);
});

const show = (window: BudgetWindow | null) =>
  window && [window.startMs, window.endMs].map((ms) => new Date(ms).toISOString().replace(':00.000Z', 'Z'));

test.each([
  [
    'a day in New York that has 23 hours',
    { period: 'day', timeZone: 'America/New_York' },
    '2027-03-14T12:00Z',
    ['2027-03-14T05:00Z', '2027-03-15T04:00Z'],
  ],
  [
    'and one that has 25',
    { period: 'day', timeZone: 'America/New_York' },
    '2027-11-07T12:00Z',
    ['2027-11-07T04:00Z', '2027-11-08T05:00Z'],
  ],
  [
    'a day in Kathmandu begins at a quarter past',
    { period: 'day', timeZone: 'Asia/Kathmandu' },
    '2027-05-01T00:00Z',
    ['2027-04-30T18:15Z', '2027-05-01T18:15Z'],
  ],
  [
    'a day in Cairo begins at one where midnight is missing',
    { period: 'day', timeZone: 'Africa/Cairo' },
    '2026-04-24T10:00Z',
    ['2026-04-23T22:00Z', '2026-04-24T21:00Z'],
  ],
  [
    'a week over the turn of the year',
    { period: 'week', timeZone: 'Asia/Kolkata', weekStart: 7 },
    '2027-01-01T00:00Z',
    ['2026-12-26T18:30Z', '2027-01-02T18:30Z'],
  ],
  [
    'December ends with the year',
    { period: 'month', timeZone: 'Asia/Kolkata', anchorDay: 1 },
    '2026-12-31T18:29Z',
    ['2026-11-30T18:30Z', '2026-12-31T18:30Z'],
  ],
  [
    'and January begins with it',
    { period: 'month', timeZone: 'Asia/Kolkata', anchorDay: 1 },
    '2026-12-31T18:30Z',
    ['2026-12-31T18:30Z', '2027-01-31T18:30Z'],
  ],
  [
    'the 31st is the last day of February',
    { period: 'month', timeZone: 'UTC', anchorDay: 31 },
    '2027-03-01T00:00Z',
    ['2027-02-28T00:00Z', '2027-03-31T00:00Z'],
  ],
  [
    'which is the 29th in a leap year',
    { period: 'month', timeZone: 'UTC', anchorDay: 30 },
    '2028-02-29T00:00Z',
    ['2028-02-29T00:00Z', '2028-03-30T00:00Z'],
  ],
] as const)('%s', (_, calendar, at, expected) => {
  expect(show(budgetWindow(calendar, Date.parse(at)))).toEqual(expected);
});

test('a span is one window and nothing outside', () => {
  const span: BudgetCalendar = { period: 'span', timeZone: 'UTC', fromMs: 1_000, toMs: 2_000 };
  expect(budgetWindow(span, 999)).toBeNull();
  expect(budgetWindow(span, 1_000)).toEqual({ startMs: 1_000, endMs: 2_000 });
  expect(budgetWindow(span, 2_000)).toBeNull();
  expect(recentWindows(span, { atMs: 5_000, count: 4 })).toEqual([{ startMs: 1_000, endMs: 2_000 }]);
});

test('the recent windows end with the present one and touch each other', () => {
  const windows = recentWindows(
    { period: 'month', timeZone: 'Europe/Berlin', anchorDay: 31 },
    { atMs: Date.parse('2027-05-10T00:00Z'), count: 4 },
  );
  expect(windows.map((one) => show(one)?.[0])).toEqual([
    '2027-04-29T22:00Z',
    '2027-03-30T22:00Z',
    '2027-02-27T23:00Z',
    '2027-01-30T23:00Z',
  ]);
  for (const [index, one] of windows.entries())
    if (index > 0) expect(one.endMs).toBe(windows[index - 1]?.startMs);
});

test('any instant of any year and zone lies in its window', () => {
  const calendar = fc.constantFrom(...zones).chain((zone) => fc.constantFrom(...calendars(zone)));
  fc.assert(
    fc.property(
      calendar,
      fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2037, 0, 1) }),
      (of, atMs) => {
        const window = budgetWindow(of, atMs);
        expect(window?.startMs).toBeLessThanOrEqual(atMs);
        expect(window?.endMs).toBeGreaterThan(atMs);
      },
    ),
    { numRuns: 2_000 },
  );
});
