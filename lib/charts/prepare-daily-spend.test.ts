import { describe, expect, it } from 'vitest';
import { prepareDailySpend } from './prepare-daily-spend.ts';

const range = { from: '2026-11-18T23:00:00Z', to: '2026-11-21T12:00:00.001Z', timeZone: 'Europe/Berlin' };
const days = [
  { start: '2026-11-18T23:00:00.000Z', costUsd: '1.25', calls: 3, tokensTotal: 10 },
  { start: '2026-11-20T23:00:00.000Z', costUsd: '0.000000000001', calls: 1, tokensTotal: 1 },
];

function prepare(now: string) {
  return prepareDailySpend({ range, days, nowMs: Date.parse(now) });
}

describe('prepareDailySpend', () => {
  it("labels a day by the range's zone, not by UTC", () => {
    expect(prepare('2026-11-21T12:00:00Z').map((bar) => bar.label)).toEqual(['19 Nov', '20 Nov', '21 Nov']);
  });

  it('draws a day that the server leaves out as 0, not as a gap', () => {
    expect(prepare('2026-11-21T12:00:00Z')[1]).toMatchObject({ label: '20 Nov', exactUsd: '0', calls: 0 });
  });

  it('keeps the exact amount beside the height', () => {
    expect(prepare('2026-11-21T12:00:00Z')[2]?.exactUsd).toBe('0.000000000001');
  });

  it('pales only the day that is not over', () => {
    const unfinished = (now: string) => prepare(now).map((bar) => bar.isUnfinished);
    expect(unfinished('2026-11-21T12:00:00Z')).toEqual([false, false, true]);
    expect(unfinished('2026-11-21T23:30:00Z')).toEqual([false, false, false]);
  });

  it('loses no spend over the change of clocks', () => {
    const bars = prepareDailySpend({
      range: { from: '2026-10-23T22:00:00Z', to: '2026-10-26T23:00:00Z', timeZone: 'Europe/Berlin' },
      days: ['2026-10-23T22:00:00Z', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'].map((start) => ({
        start,
        costUsd: '1',
        calls: 1,
        tokensTotal: 1,
      })),
      nowMs: 0,
    });
    expect(bars.map((bar) => bar.costUsd)).toEqual([1, 1, 1]);
  });
});
