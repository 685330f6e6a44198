import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeNames } from './range-name.ts';
import { chosenRange, namedRange } from './spend-range.ts';

function rangeAt(name: (typeof rangeNames)[number], now: string, zone: string) {
  const range = namedRange({ name, zone, nowMs: Date.parse(now) - 1 });
  const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);
  return [iso(range.fromMs), iso(range.toMs), iso(range.previousFromMs), iso(range.previousToMs)];
}

describe('namedRange', () => {
  it.each([
    ['today', ['2026-11-20T23:00', '2026-11-21T13:20', '2026-11-19T23:00', '2026-11-20T13:20']],
    ['24h', ['2026-11-20T14:00', '2026-11-21T13:20', '2026-11-19T14:00', '2026-11-20T13:20']],
    ['7d', ['2026-11-14T23:00', '2026-11-21T13:20', '2026-11-07T23:00', '2026-11-14T13:20']],
    // The clocks went back on 25 October.
    ['30d', ['2026-10-22T22:00', '2026-11-21T13:20', '2026-09-22T22:00', '2026-10-22T12:20']],
    ['month', ['2026-10-31T23:00', '2026-11-21T13:20', '2026-09-30T22:00', '2026-10-21T12:20']],
  ] as const)('compares %s in Berlin with the same part before', (name, expected) => {
    expect(rangeAt(name, '2026-11-21T13:20:00Z', 'Europe/Berlin')).toEqual(expected);
  });

  it('compares the 31st with the whole of a shorter month', () => {
    expect(rangeAt('month', '2026-03-31T12:00:00Z', 'UTC').slice(2)).toEqual([
      '2026-02-01T00:00',
      '2026-03-01T00:00',
    ]);
  });

  it('never overlaps what it is compared with, in any zone at any time', () => {
    const zone = fc.constantFrom(
      'UTC',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Cairo',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...rangeNames),
        zone,
        fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) }),
        (name, timeZone, nowMs) => {
          const range = namedRange({ name, zone: timeZone, nowMs });
          expect(range.fromMs).toBeLessThan(range.toMs);
          expect(range.previousFromMs).toBeLessThan(range.previousToMs);
          expect(range.previousToMs).toBeLessThanOrEqual(range.fromMs);
        },
      ),
    );
  });
});

describe('chosenRange', () => {
  it('is compared with as much before it', () => {
    expect(chosenRange({ fromMs: 100, toMs: 130 })).toMatchObject({ previousFromMs: 70, previousToMs: 100 });
  });
});
