import { describe, expect, it } from 'vitest';
import { prepareDailySpend } from './prepare-daily-spend.ts';

const days = [
  { start: '2026-11-18T23:00:00Z', costUsd: '1.25', calls: 3 },
  { start: '2026-11-19T23:00:00Z', costUsd: '0', calls: 0 },
  { start: '2026-11-20T23:00:00Z', costUsd: '0.000000000001', calls: 1 },
];

function prepare(now: string) {
  return prepareDailySpend({ days, timeZone: 'Europe/Berlin', nowMs: Date.parse(now) });
}

describe('prepareDailySpend', () => {
  it("labels a day by the asked zone's calendar, not by UTC's", () => {
    expect(prepare('2026-11-21T12:00:00Z').map((bar) => bar.label)).toEqual(['19 Nov', '20 Nov', '21 Nov']);
  });

  it('draws a day without calls as 0, not as a gap', () => {
    expect(prepare('2026-11-21T12:00:00Z')[1]).toMatchObject({ costUsd: 0, calls: 0 });
  });

  it('keeps the exact amount beside the height', () => {
    expect(prepare('2026-11-21T12:00:00Z')[2]?.exactUsd).toBe('0.000000000001');
  });

  it('pales only the day that is not over', () => {
    const unfinished = (now: string) => prepare(now).map((bar) => bar.isUnfinished);
    expect(unfinished('2026-11-21T12:00:00Z')).toEqual([false, false, true]);
    expect(unfinished('2026-11-21T23:30:00Z')).toEqual([false, false, false]);
  });
});
