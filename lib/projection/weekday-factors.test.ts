import { expect, test } from 'vitest';
import { weekdayFactors } from './weekday-factors.ts';

const weeks = (count: number, week: readonly number[]) => ({
  amounts: Array.from({ length: count * 7 }, (_, day) => week[day % 7] ?? 0),
  weekdays: Array.from({ length: count * 7 }, (_, day) => day % 7),
});

test('without history, and without spend, no weekday differs', () => {
  expect(weekdayFactors({ amounts: [], weekdays: [] })).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(weekdayFactors(weeks(2, [0, 0, 0, 0, 0, 0, 0]))).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test('three weeks of history count as much as the three that are assumed', () => {
  const [monday, , , , , saturday] = weekdayFactors(weeks(3, [7, 7, 7, 7, 7, 0, 0]));
  // Monday is 1.4 times the mean, Saturday nothing; half of that is believed.
  expect(monday).toBeCloseTo(1.2, 9);
  expect(saturday).toBeCloseTo(0.5, 9);
});

test('a quiet weekend is never taken for certain, and the factors average to 1', () => {
  const factors = weekdayFactors(weeks(52, [5, 5, 5, 5, 5, 0, 0]));
  expect(Math.min(...factors)).toBeGreaterThan(0);
  expect(factors[5]).toBeLessThan(0.06);
  expect(factors.reduce((sum, factor) => sum + factor, 0)).toBeCloseTo(7, 9);
});
