import { describe, expect, it } from 'vitest';
import { findCostDifference } from './cost-difference.ts';

const rates = { input: 300n, cacheRead: 75n, cacheWrite5m: 0n, cacheWrite1h: 0n, output: 2_500n };
const rateSet = {
  base: rates,
  tiers: [{ aboveContextTokens: 200_000, rates: { ...rates, input: 600n } }],
  perRequest: 0n,
};

function row({ reported, compared = '1', calls = 10, reportedCalls = 10, cacheRead = 1_000_000_000 }: Given) {
  return {
    provider: 'google',
    model: 'm',
    calls,
    errors: 0,
    tokens: { input: 1, cacheRead, cacheWrite5m: 0, cacheWrite1h: 0, output: 1, reasoning: 0 },
    costUsd: compared,
    reportedCostUsd: reported,
    reportedCalls,
    comparedCostUsd: compared,
    unpricedTokens: 0,
    latencyMs: { p50: null, p95: null, p99: null },
  };
}

type Given = {
  reported: string;
  compared?: string;
  calls?: number;
  reportedCalls?: number;
  cacheRead?: number;
};

describe('findCostDifference', () => {
  it('finds cached tokens that were charged twice: the difference is what they cost as input', () => {
    expect(findCostDifference(row({ reported: '1.3' }), rateSet)).toMatchObject({
      differenceUsd: '0.3',
      reason: 'cached_twice',
    });
    expect(findCostDifference(row({ reported: '1.52' }), rateSet)?.reason, 'some in the dearer tier').toBe(
      'cached_twice',
    );
  });

  it.each([
    ['a larger difference', row({ reported: '2' })],
    ['a smaller one', row({ reported: '1.1' })],
    ['less than computed', row({ reported: '0.7' })],
    ['calls that reported nothing', row({ reported: '1.3', calls: 11 })],
    ['nothing from the cache', row({ reported: '1.3', cacheRead: 0 })],
  ])('claims no reason for %s', (_, given) => {
    expect(findCostDifference(given, rateSet)?.reason).toBe('unknown');
  });

  it.each([
    ['equal costs', row({ reported: '1' })],
    ['rounding', row({ reported: '1.0005' })],
    ['no reported cost', row({ reported: '0', reportedCalls: 0 })],
    ['amounts below a hundredth of a cent', row({ reported: '0.00009', compared: '0.00001' })],
  ])('is silent about %s', (_, given) => {
    expect(findCostDifference(given, rateSet)).toBeNull();
  });
});
