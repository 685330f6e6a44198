import type { ModelPrice } from '@pydantic/genai-prices';
import type { RateSet, Rates } from './rate-card.ts';

/**
 * The price list's USD per million tokens as integer pico-USD per token (x 10^6; the list has at most six
 * decimals, bar six OpenRouter cache writes at 0.08333..., which round to the nearest pico-USD).
 *
 * A bucket without a price of its own costs what the list's own rules say, never nothing: cache reads and
 * 5-minute writes cost as much as input; 1-hour writes as much as 5-minute ones, except at Anthropic, which
 * charges twice the input rate for them. Output without a price costs 0 (embeddings have none).
 *
 * Tiers: genai-prices picks, for each bucket, the last tier with `context > start` and applies it to all
 * tokens of the bucket (its `calcTieredPrice`), so a tier reprices the whole request.
 *
 * Returns null when the model is sold by another unit only (hours, pages): its tokens have no price.
 * An empty price is the list's way to say "free" and gives zero rates.
 */
export function toRateSet(prices: ModelPrice, providerId: string): RateSet | null {
  const units = Object.keys(prices).filter((unit) => prices[unit] !== undefined);
  const sellsTokens = units.includes('input_mtok') || units.includes('output_mtok');
  if (units.length > 0 && !sellsTokens) return null;
  return {
    base: ratesAt(prices, { providerId, contextTokens: 0 }),
    tiers: thresholds(prices).map((start) => ({
      aboveContextTokens: start,
      rates: ratesAt(prices, { providerId, contextTokens: start + 1 }),
    })),
    perRequest: perRequest(prices),
  };
}

function thresholds(prices: ModelPrice): number[] {
  const starts = Object.values(prices).flatMap((price) =>
    typeof price === 'object' ? price.tiers.map((tier) => tier.start) : [],
  );
  return [...new Set(starts)].sort((a, b) => a - b);
}

type Place = { readonly providerId: string; readonly contextTokens: number };

function ratesAt(prices: ModelPrice, { providerId, contextTokens }: Place): Rates {
  const rate = (...units: readonly string[]) => {
    const unit = units.find((name) => prices[name] !== undefined);
    return unit === undefined ? 0n : toPicoUsdPerToken(priceAt(prices[unit], contextTokens));
  };
  const writeUnits = ['cache_write_5m_mtok', 'cache_write_mtok', 'input_mtok'];
  const lacks1h = !('cache_write_1h_mtok' in prices);
  return {
    input: rate('input_mtok'),
    cacheRead: rate('cache_read_mtok', 'input_mtok'),
    cacheWrite5m: rate(...writeUnits),
    cacheWrite1h:
      lacks1h && providerId === 'anthropic'
        ? 2n * rate('input_mtok')
        : rate('cache_write_1h_mtok', ...writeUnits),
    output: rate('output_mtok'),
  };
}

/** Tiers are stored in ascending order. */
function priceAt(price: ModelPrice[string], contextTokens: number): number {
  if (typeof price !== 'object') return price ?? 0;
  return price.tiers.filter((tier) => contextTokens > tier.start).at(-1)?.price ?? price.base;
}

/** Exact: a double holds any price below 1e9 USD per million tokens to far better than half a millionth. */
function toPicoUsdPerToken(usdPerMillion: number): bigint {
  return BigInt(Math.round(usdPerMillion * 1e6));
}

function perRequest(prices: ModelPrice): bigint {
  // Listed per 1,000 requests.
  const unit = 'requests_kcount';
  return BigInt(Math.round(priceAt(prices[unit], 0) * 1e9));
}
