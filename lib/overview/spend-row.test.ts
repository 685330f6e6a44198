import { describe, expect, it } from 'vitest';
import { spendCsv } from './spend-csv.ts';
import { sortSpendRows, toSpendRows } from './spend-row.ts';

function group(name: string, costUsd: string, calls: number, p50: number | null = null) {
  return {
    name,
    provider: null,
    calls,
    errors: 1,
    tokens: { input: 25, cacheRead: 75, cacheWrite5m: 0, cacheWrite1h: 0, output: 9, reasoning: 0 },
    tokensTotal: 109,
    costUsd,
    reportedCostUsd: '0',
    reportedCalls: 0,
    comparedCostUsd: '0',
    unpricedTokens: 0,
    latencyMs: { p50, p95: null, p99: null },
  };
}

const rows = toSpendRows([group('b', '3', 2, 10), group('a', '1', 4), group('c', '0', 0, 5)], '4');

describe('toSpendRows', () => {
  it('derives share, cache hit rate, cost and errors of a call', () => {
    expect(rows[0]).toMatchObject({ share: 0.75, cacheHitRate: 0.75, costPerCallUsd: 1.5, errorRate: 0.5 });
  });

  it('divides by nothing nowhere', () => {
    expect(rows[2]).toMatchObject({ share: 0, costPerCallUsd: null, errorRate: null });
    expect(toSpendRows([group('a', '0', 1)], '0')[0]?.share).toBe(0);
  });
});

describe('sortSpendRows', () => {
  it.each([
    ['spend', false, 'bac'],
    ['spend', true, 'cab'],
    ['name', true, 'abc'],
    ['p50', false, 'bca'],
    ['p50', true, 'cba'],
  ] as const)('by %s (ascending: %s) is %s, what is not known last', (column, isAscending, order) => {
    expect(
      sortSpendRows(rows, { column, isAscending })
        .map(({ name }) => name)
        .join(''),
    ).toBe(order);
  });
});

it('exports every digit, and no formula', () => {
  const [, line] = spendCsv(toSpendRows([group('=1+1', '0.000000000001', 3)], '1')).split('\r\n');
  expect(line).toBe("'=1+1,,3,1,25,75,0,0,9,0,0,0.000000000001,,,");
});
