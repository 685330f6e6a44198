/** pico-USD per token, one rate for each of the disjoint token buckets. Reasoning is part of output. */
export type Rates = {
  readonly input: bigint;
  readonly cacheRead: bigint;
  readonly cacheWrite5m: bigint;
  readonly cacheWrite1h: bigint;
  readonly output: bigint;
};

/** Replaces the base rates for the WHOLE request once its context is larger than `aboveContextTokens`. */
export type RateTier = { readonly aboveContextTokens: number; readonly rates: Rates };

export type RateSet = {
  readonly base: Rates;
  /** Ascending by threshold; the last one that applies wins. */
  readonly tiers: readonly RateTier[];
  /** A flat fee of each call, in pico-USD. Only a few search models have one. */
  readonly perRequest: bigint;
};

export type RateCard = RateSet & {
  readonly origin: 'override' | 'genai-prices';
  /** Since when a listed price holds, where the list says so. */
  readonly sinceMs?: number;
  /** What an event records as its price version: `genai-prices@0.1.8` or `override:<id>`. */
  readonly version: string;
  /**
   * How the model was found: under the very id, under a normalised form of it (without its date, prefix...),
   * or at a provider that we had to guess because the one named sells nothing in the price list.
   */
  readonly matched: 'model' | 'normalised' | 'guessed-provider';
};

/** The rates that hold for a call with that much context (input + cache reads + cache writes, in tokens). */
export function ratesForContext(card: RateSet, contextTokens: number): Rates {
  let rates = card.base;
  for (const tier of card.tiers) {
    if (contextTokens <= tier.aboveContextTokens) break;
    rates = tier.rates;
  }
  return rates;
}
