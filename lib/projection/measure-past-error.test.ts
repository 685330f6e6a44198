import { expect, test } from 'vitest';
import { measurePastError } from './measure-past-error.ts';
import { seededRandom } from './seeded-random.ts';

const random = () => seededRandom(3);
const series = (amounts: readonly number[]) => ({ amounts, weekdays: amounts.map((_, day) => day % 7) });

test('steady spend was foretold without error, four weeks of forecasts long', () => {
  const past = measurePastError(series(new Array(90).fill(4)), { horizonDays: 10, random: random() });
  expect(past).toMatchObject({ forecasts: 28, horizonDays: 10 });
  expect(past?.missedShare).toBeLessThan(0.01);
});

test('spend that doubled a week ago was missed', () => {
  const doubled = [...new Array(80).fill(4), ...new Array(7).fill(8)];
  const past = measurePastError(series(doubled), { horizonDays: 7, random: random() });
  expect(past?.missedShare).toBeGreaterThan(0.1);
  expect(past?.missedShare).toBeLessThan(0.5);
});

test('a horizon that history cannot try is shortened, and a history of days says nothing', () => {
  expect(
    measurePastError(series(new Array(30).fill(4)), { horizonDays: 30, random: random() })?.horizonDays,
  ).toBe(15);
  expect(measurePastError(series([4, 4, 4, 4]), { horizonDays: 2, random: random() })).toBeNull();
});
