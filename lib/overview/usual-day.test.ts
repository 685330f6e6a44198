import { describe, expect, it } from 'vitest';
import { daysLikeToday, usualAmount } from './usual-day.ts';

describe('daysLikeToday', () => {
  it('takes the weekdays of four weeks for a Friday, each up to the same time of the clock', () => {
    const spans = daysLikeToday({ zone: 'Europe/Berlin', nowMs: Date.parse('2026-11-20T13:20:00Z') });
    expect(spans).toHaveLength(20);
    // 23 October was before the clocks went back: 14:20 there was 12:20 UTC.
    expect(new Date(spans[0]?.fromMs ?? 0).toISOString()).toBe('2026-10-22T22:00:00.000Z');
    expect(new Date(spans[0]?.toMs ?? 0).toISOString()).toBe('2026-10-23T12:20:00.000Z');
    expect(new Date(spans.at(-1)?.toMs ?? 0).toISOString()).toBe('2026-11-19T13:20:00.000Z');
  });

  it('takes the weekends for a Saturday', () => {
    expect(daysLikeToday({ zone: 'UTC', nowMs: Date.parse('2026-11-21T13:20:00Z') })).toHaveLength(8);
  });
});

describe('usualAmount', () => {
  it.each([
    [[], null],
    [[5n, 5n], null],
    [[0n, 0n, 0n, 0n], null],
    [[0n, 0n, 7n, 0n, 9n], { amount: 7n, days: 3 }],
    [[4n, 1n, 9n, 300n], { amount: 4n, days: 4 }],
  ])('of %s is the middle one, when there are enough', (amounts, usual) => {
    expect(usualAmount(amounts)).toEqual(usual);
  });
});
