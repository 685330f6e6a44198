import { resolveRates, unknownProvider } from '#lib/pricing/model-rates.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import type { RateCard, Rates } from '#lib/pricing/rate-card.ts';

export type PlannedCall = {
  /** Null where the caller does not say: the dearest of those that can be meant counts. */
  readonly provider: string | null;
  readonly model: string;
  /** All that is sent, cached or not, as the caller counts it. */
  readonly inputTokens: number;
  readonly maxOutputTokens: number;
};

/** Callers count with tokenizers that are not the provider's; a tier this far away can still apply. */
export const countMargin = 1.1;

/**
 * The most that a call can cost: its input at the dearest of the fresh, read and written rates, its output
 * at its longest, in the dearest tier that can apply and at the dearer of the prices at both instants (it is
 * made now and may be billed when its hold ends). Null when nobody has priced the model.
 */
export function upperBoundPicoUsd(
  call: PlannedCall,
  {
    instantsMs,
    overrides,
  }: { readonly instantsMs: readonly number[]; readonly overrides?: readonly PriceOverride[] },
): bigint | null {
  const { provider, model } = call;
  const providers = provider === null ? possibleProviders(overrides) : [provider];
  const amounts: bigint[] = [];
  for (const atMs of instantsMs) {
    const cards = providers.flatMap((name) => {
      const card = resolveRates({ provider: name, model, atMs, overrides });
      return card === null ? [] : [card];
    });
    if (cards.length === 0) return null;
    amounts.push(...cards.map((card) => dearest(card, call)));
  }
  return most(amounts);
}

/** An unknown provider, who is guessed by the model, and each that the project has rates of its own for. */
function possibleProviders(overrides: readonly PriceOverride[] = []): readonly string[] {
  return [...new Set([unknownProvider, ...overrides.map((override) => override.provider)])];
}

/** The rates of every tier that can apply to so much context. */
export function possibleRates(card: RateCard, inputTokens: number): readonly Rates[] {
  const tiers = card.tiers.filter(({ aboveContextTokens }) => inputTokens * countMargin > aboveContextTokens);
  return [card.base, ...tiers.map(({ rates }) => rates)];
}

function dearest(card: RateCard, call: PlannedCall): bigint {
  const amounts = possibleRates(card, call.inputTokens).map(
    (rates) =>
      BigInt(call.inputTokens) *
        most([rates.input, rates.cacheRead, rates.cacheWrite5m, rates.cacheWrite1h]) +
      BigInt(call.maxOutputTokens) * rates.output,
  );
  return most(amounts) + card.perRequest;
}

function most(values: readonly bigint[]): bigint {
  let highest = 0n;
  for (const value of values) if (value > highest) highest = value;
  return highest;
}
