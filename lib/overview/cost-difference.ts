import { formatPicoUsd, parseUsd } from '#lib/pricing/parse-usd.ts';
import type { RateSet } from '#lib/pricing/rate-card.ts';
import type { UsageTotals } from '#lib/usage/usage-row.ts';

export const differenceReasons = ['cached_twice', 'unknown'] as const;
export type DifferenceReason = (typeof differenceReasons)[number];

export type CostDifference = {
  readonly provider: string;
  readonly model: string;
  /** Of which calls: those that reported a cost. */
  readonly reportedCalls: number;
  readonly reportedCostUsd: string;
  readonly computedCostUsd: string;
  /** Reported minus computed; below 0 when the client reported less. */
  readonly differenceUsd: string;
  /** `cached_twice`: it is what the cache reads would have cost as fresh input, on top. */
  readonly reason: DifferenceReason;
};

type Compared = UsageTotals & { readonly provider: string; readonly model: string };

/** Smaller differences are rounding: a thousandth of the sum, or a hundredth of a cent. */
const partMin = 1_000n;
const picoMin = 100_000_000n;
/** Rates that changed within the range, and tiers, move the expected amount by some percent. */
const slackPercent = 5n;

/** How far a model's reported cost is from ours over the same calls; null where they agree. */
export function findCostDifference(row: Compared, rates: RateSet | null): CostDifference | null {
  const reported = parseUsd(row.reportedCostUsd);
  const computed = parseUsd(row.comparedCostUsd);
  const difference = reported - computed;
  const size = difference < 0n ? -difference : difference;
  if (row.reportedCalls === 0 || size < picoMin || size * partMin < reported + computed) return null;
  return {
    provider: row.provider,
    model: row.model,
    reportedCalls: row.reportedCalls,
    reportedCostUsd: row.reportedCostUsd,
    computedCostUsd: row.comparedCostUsd,
    differenceUsd: formatPicoUsd(difference),
    reason: isCachedTwice(row, difference, rates) ? 'cached_twice' : 'unknown',
  };
}

/**
 * Some clients count what came from the cache among the fresh input too, and pay for it there and as a cache
 * read. Then the difference is the cache reads at the input rate, of the cheapest to the dearest tier.
 */
function isCachedTwice(row: Compared, difference: bigint, rates: RateSet | null): boolean {
  if (rates === null || difference <= 0n || row.tokens.cacheRead === 0) return false;
  if (row.reportedCalls < row.calls) return false;
  const expected = [rates.base, ...rates.tiers.map((tier) => tier.rates)].map(
    ({ input }) => input * BigInt(row.tokens.cacheRead),
  );
  return (
    expected.some((amount) => difference * 100n >= amount * (100n - slackPercent)) &&
    expected.some((amount) => difference * 100n <= amount * (100n + slackPercent))
  );
}
