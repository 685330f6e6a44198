import { expect, test } from 'vitest';
import { matchCalls } from './match-calls.ts';

const turns = [
  { seq: 2, tsMs: 10_000 },
  { seq: 5, tsMs: 20_000 },
];

test('a call belongs to the turn nearest in time', () => {
  const matched = matchCalls([{ tsMs: 11_000 }, { tsMs: 19_000 }, { tsMs: 21_000 }], turns);
  expect([...matched]).toEqual([
    [2, [{ tsMs: 11_000 }]],
    [5, [{ tsMs: 19_000 }, { tsMs: 21_000 }]],
  ]);
});

test('of two turns as near, the earlier has it', () => {
  expect([...matchCalls([{ tsMs: 15_000 }], turns).keys()]).toEqual([2]);
});

test('a call far from any turn belongs to none', () => {
  expect(matchCalls([{ tsMs: 200_000 }], turns).size).toBe(0);
});
