import { expect, test } from 'vitest';
import { exposureLevel } from './exposure-level.ts';

const days = (amounts: readonly number[]) => amounts.map((amount) => ({ amount, exposure: 1 }));

test('the level of steady spend is that spend', () => {
  expect(exposureLevel(days(new Array(40).fill(12)))).toBeCloseTo(12, 9);
});

test('days of nothing alone have the level 0, and so have no days', () => {
  expect(exposureLevel(days([0, 0, 0]))).toBe(0);
  expect(exposureLevel([])).toBe(0);
});

test('half a day with half the spend changes nothing', () => {
  const steady = days(new Array(20).fill(10));
  expect(exposureLevel([...steady, { amount: 5, exposure: 0.5 }])).toBeCloseTo(10, 9);
});

test('after a step, the level follows within two weeks, faster than the usual half-life alone would', () => {
  const level = exposureLevel(days([...new Array(60).fill(10), ...new Array(14).fill(30)]));
  const halfLifeOfTenAlone = 30 - 20 * 0.5 ** 1.4;
  expect(level).toBeGreaterThan(halfLifeOfTenAlone + 3);
  expect(level).toBeLessThanOrEqual(30);
});

test('one dear day among sixty does not carry the level away', () => {
  const amounts = new Array(60).fill(10);
  amounts[55] = 120;
  expect(exposureLevel(days(amounts))).toBeLessThan(20);
});
