import { describe, expect, test } from 'vitest';
import { budgetHeading } from './budget-heading.ts';

const budget = { state: 'ok', pacePercent: 25, spentUsd: '10', spentTokens: 500 } as const;
const projection = (p50Usd: string, tokens: number | null = null) =>
  ({
    projection: {
      p10Usd: '1',
      p50Usd,
      p90Usd: '99',
      confidence: 'normal',
      path: [],
      runsOut: null,
      pastError: null,
    },
    tokens: tokens === null ? null : { limit: 9, spent: 500, p10: 1, p50: tokens, p90: 9, runsOut: null },
  }) as const;

describe('where a budget is heading', () => {
  test('is where its projection ends', () => {
    expect(budgetHeading(budget, projection('17.5', 800))).toEqual({ usd: 17.5, tokens: 800 });
  });

  test('is the even pace before there is a projection, and for tokens that have none', () => {
    expect(budgetHeading(budget, null)).toEqual({ usd: 40, tokens: 2_000 });
    expect(budgetHeading(budget, { projection: null, tokens: null })).toEqual({ usd: 40, tokens: 2_000 });
    expect(budgetHeading(budget, projection('17.5'))).toEqual({ usd: 17.5, tokens: 2_000 });
  });

  test('is unknown at the very beginning, and of a span that does not run', () => {
    expect(budgetHeading({ ...budget, pacePercent: 4 }, null)).toEqual({ usd: null, tokens: null });
    expect(budgetHeading({ ...budget, state: 'waiting' }, projection('17.5'))).toEqual({
      usd: null,
      tokens: null,
    });
  });

  test('is never below what was spent since it was projected', () => {
    expect(budgetHeading({ ...budget, spentUsd: '18' }, projection('17.5')).usd).toBe(18);
  });
});
