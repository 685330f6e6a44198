import { resolveRates } from './model-rates.ts';
import type { PriceOverride } from './price-override.ts';
import { type RateCard, ratesForContext } from './rate-card.ts';

/** The largest cost that a bigint column holds: 9,223,372.036854775807 USD. Above it an event must be refused. */
export const costPicoUsdMax = 9_223_372_036_854_775_807n;

/** Disjoint buckets, integers in 0..2^53-1, which the edge has checked. Reasoning is part of output. */
export type PricedTokens = {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
};

export type Usage = {
  readonly provider: string;
  /** The model that answered. */
  readonly model: string;
  readonly requestedModel?: string | null | undefined;
  readonly atMs: number;
  readonly tokens: PricedTokens;
};

/**
 * `priced`: the model that answered is in a price list (a free one costs 0). `estimated`: its price is that of
 * the requested model, or of a guessed provider. `unpriced`: nobody knows; the cost says 0 and means unknown.
 */
export type UsagePrice = {
  readonly status: 'priced' | 'estimated' | 'unpriced';
  readonly costPicoUsd: bigint;
  readonly priceVersion: string | null;
};

const unpriced: UsagePrice = { status: 'unpriced', costPicoUsd: 0n, priceVersion: null };

/**
 * What one model call costs, exactly: the sum of tokens times integer rates, by the model that answered.
 * The tier of the rates follows the context size: input + cache reads + cache writes. May exceed
 * `costPicoUsdMax`; the caller must check. `overrides`: see `resolveRates` on keeping one array.
 */
export function priceUsage(usage: Usage, overrides?: readonly PriceOverride[]): UsagePrice {
  const { provider, model, requestedModel, atMs, tokens } = usage;
  const own = resolveRates({ provider, model, atMs, overrides });
  if (own !== null) return price(own, tokens, own.matched !== 'guessed-provider');
  if (!requestedModel || requestedModel === model) return unpriced;
  const requested = resolveRates({ provider, model: requestedModel, atMs, overrides });
  return requested === null ? unpriced : price(requested, tokens, false);
}

function price(card: RateCard, tokens: PricedTokens, isCertain: boolean): UsagePrice {
  return {
    status: isCertain ? 'priced' : 'estimated',
    costPicoUsd: costOf(card, tokens),
    priceVersion: card.version,
  };
}

function costOf(card: RateCard, tokens: PricedTokens): bigint {
  const contextTokens = tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
  const rates = ratesForContext(card, contextTokens);
  const sum =
    tokens.input * Number(rates.input) +
    tokens.cacheRead * Number(rates.cacheRead) +
    tokens.cacheWrite5m * Number(rates.cacheWrite5m) +
    tokens.cacheWrite1h * Number(rates.cacheWrite1h) +
    tokens.output * Number(rates.output) +
    Number(card.perRequest);
  // No term is negative and rounding is monotone, so a sum below 2^53 proves every step below it exact.
  if (sum <= Number.MAX_SAFE_INTEGER) return BigInt(sum);
  return (
    BigInt(tokens.input) * rates.input +
    BigInt(tokens.cacheRead) * rates.cacheRead +
    BigInt(tokens.cacheWrite5m) * rates.cacheWrite5m +
    BigInt(tokens.cacheWrite1h) * rates.cacheWrite1h +
    BigInt(tokens.output) * rates.output +
    card.perRequest
  );
}
