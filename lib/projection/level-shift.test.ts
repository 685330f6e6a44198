import { expect, test } from 'vitest';
import { dayResiduals } from './day-residuals.ts';
import { exposureLevel } from './exposure-level.ts';
import { levelShift } from './level-shift.ts';

const noise = [0.9, 1.1, 1, 1.2, 0.8, 1.05, 0.95];
const days = (count: number, amount: number) =>
  Array.from({ length: count }, (_, day) => amount * (noise[day % noise.length] ?? 1));

function shiftOf(amounts: readonly number[]): number {
  const all = amounts.map((amount) => ({ amount, exposure: 1 }));
  return levelShift(all, { level: exposureLevel(all), residuals: dayResiduals(all) });
}

test('a step makes the level that of the days since, up and down', () => {
  for (const to of [30, 4]) {
    const amounts = [...days(40, 10), ...days(6, to)];
    const level = exposureLevel(amounts.map((amount) => ({ amount, exposure: 1 })));
    expect(shiftOf(amounts) * level).toBeCloseTo(to, -Math.log10(to * 0.2));
  }
});

test.each([
  ['days as they always were', days(46, 10)],
  ['too few days to tell', [...days(5, 10), ...days(4, 40)]],
  ['spend on one day in three', days(45, 10).map((amount, day) => (day % 3 === 0 || day > 40 ? amount : 0))],
  ['no spend at all', days(20, 0)],
])('%s are no shift', (_, amounts) => {
  expect(shiftOf(amounts)).toBe(1);
});

test('one day that is twelve times as dear is no step up, neither on its day nor after it', () => {
  expect(shiftOf([...days(40, 10), 120])).toBeLessThanOrEqual(1);
  expect(shiftOf([...days(40, 10), 120, ...days(2, 10)])).toBeLessThanOrEqual(1);
});
