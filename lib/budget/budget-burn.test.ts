import { expect, test } from 'vitest';
import { budgetBurn } from './budget-burn.ts';

const window = { startMs: 0, endMs: 1_000_000 };
const limit = 200_000_000_000_000n;

test('spent twice as fast as an even pace it runs out halfway', () => {
  expect(budgetBurn([{ limit, spent: limit / 2n, held: limit / 10n }], { window, nowMs: 250_000 })).toEqual({
    spentPercent: 50,
    heldPercent: 10,
    pacePercent: 25,
    paceRatio: 2,
    runsOutMs: 500_000,
  });
});

test('at an even pace or slower it lasts', () => {
  expect(
    budgetBurn([{ limit, spent: limit / 4n, held: 0n }], { window, nowMs: 250_000 }).runsOutMs,
  ).toBeNull();
});

test('100 per cent means that the limit is reached, not that it nearly is', () => {
  const { spentPercent } = budgetBurn([{ limit, spent: limit - 1n, held: 0n }], { window, nowMs: 1 });
  expect(spentPercent).toBe(99.9);
});

test('of two limits the nearer one counts', () => {
  const limits = [
    { limit, spent: limit / 2n, held: 0n },
    { limit: 1_000n, spent: 900n, held: 0n },
  ];
  expect(budgetBurn(limits, { window, nowMs: 500_000 }).spentPercent).toBe(90);
});

test('before the window has begun there is no pace', () => {
  expect(budgetBurn([{ limit, spent: 0n, held: 0n }], { window, nowMs: -5 })).toMatchObject({
    paceRatio: null,
    pacePercent: 0,
    runsOutMs: null,
  });
});
