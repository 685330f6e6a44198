import { expect, test } from 'vitest';
import { budgetPatch, newBudget } from './new-budget.ts';

const budget = { name: 'Monthly', limitUsd: '300', period: 'month', timeZone: 'Asia/Kolkata' };

test('what is left out gets the documented defaults', () => {
  expect(newBudget.parse(budget)).toEqual({
    ...budget,
    scope: {},
    countTokens: ['input', 'cacheRead', 'cacheWrite', 'output'],
    weekStart: 1,
    anchorDay: 1,
    thresholds: [50, 80, 100],
    rules: [],
    hard: false,
    whenUnavailable: 'closed',
    paused: false,
  });
});

test.each([
  ['no limit', { limitUsd: null }, 'limitUsd'],
  ['a limit of nothing', { limitUsd: '0' }, 'limitUsd'],
  ['a float that is no decimal', { limitUsd: '1e3' }, 'limitUsd'],
  ['a number for money', { limitUsd: 3 }, 'limitUsd'],
  ['an unknown zone', { timeZone: 'Mars/Olympus' }, 'timeZone'],
  ['the 32nd', { anchorDay: 32 }, 'anchorDay'],
  ['an eighth weekday', { weekStart: 8 }, 'weekStart'],
  ['a threshold twice', { thresholds: [50, 50] }, 'thresholds'],
  ['a span without an end', { period: 'span', from: '2026-12-01T00:00:00Z' }, 'to'],
  [
    'a span that ends before it begins',
    { period: 'span', from: '2026-12-02T00:00:00Z', to: '2026-12-01T00:00:00Z' },
    'to',
  ],
  [
    'a span off the quarter hour',
    { period: 'span', from: '2026-12-01T00:05:00Z', to: '2026-12-02T00:00:00Z' },
    'from',
  ],
  ['a beginning of what repeats', { from: '2026-12-01T00:00:00Z' }, 'from'],
  ['a mistyped field', { limit: '3' }, ''],
])('%s is refused at its field', (_, change, path) => {
  const result = newBudget.safeParse({ ...budget, ...change });
  expect(result.error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
});

test('a patch names only what changes and fills nothing in', () => {
  expect(budgetPatch.parse({ paused: true })).toEqual({ paused: true });
  expect(budgetPatch.parse({})).toEqual({});
  expect(budgetPatch.safeParse({ anchorDay: 0 }).success).toBe(false);
});
