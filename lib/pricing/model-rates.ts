import { datedRateSets } from './dated-rate-sets.ts';
import { findListedModel } from './find-listed-model.ts';
import { type MatchedOverride, matchOverrides, type PriceOverride } from './price-override.ts';
import type { RateCard } from './rate-card.ts';

/** The bundled price list. A test holds that it is the version in package.json. */
export const priceListVersion = 'genai-prices@0.1.8';

/** Stands for a provider that nobody named: it is guessed by the model, as one that no list knows is. */
export const unknownProvider = '';

export type RatesQuery = {
  readonly provider: string;
  readonly model: string;
  readonly atMs: number;
  /** Pass the same array for as long as it has not changed: what was resolved is remembered with it. */
  readonly overrides?: readonly PriceOverride[] | undefined;
};

type Candidates = {
  readonly overrides: readonly MatchedOverride[];
  readonly listed: readonly { readonly card: RateCard | null; readonly holdsAt: (atMs: number) => boolean }[];
};

const noOverrides: readonly PriceOverride[] = [];
const candidatesMax = 4_096;
/** By provider and model; two look-ups are quicker than one by a text made of both. */
type Remembered = { size: number; readonly byProvider: Map<string, Map<string, Candidates>> };
const rememberedByOverrides = new WeakMap<readonly PriceOverride[], Remembered>();

/**
 * The rates that hold for a model at an instant (ms since 1970), or null when nobody has priced its tokens.
 * The project's own overrides win over the bundled list; within the list its dated history and times of day
 * decide. Candidates are kept per provider and model (4,096 a list of overrides, then none), instants are compared anew,
 * so a price that changes by the hour is right to the millisecond.
 */
export function resolveRates({
  provider,
  model,
  atMs,
  overrides = noOverrides,
}: RatesQuery): RateCard | null {
  const candidates = candidatesFor(provider, model, overrides);
  for (const { validFromMs, validToMs, card } of candidates.overrides) {
    if (validFromMs <= atMs && atMs < validToMs) return card;
  }
  for (const { card, holdsAt } of candidates.listed) {
    if (holdsAt(atMs)) return card;
  }
  return null;
}

function candidatesFor(provider: string, model: string, overrides: readonly PriceOverride[]): Candidates {
  let known = rememberedByOverrides.get(overrides);
  if (known === undefined) {
    known = { size: 0, byProvider: new Map() };
    rememberedByOverrides.set(overrides, known);
  }
  const hit = known.byProvider.get(provider)?.get(model);
  if (hit !== undefined) return hit;
  const candidates = {
    overrides: matchOverrides({ provider, model, overrides }),
    listed: listedCards(provider, model),
  };
  remember(known, { provider, model, candidates });
  return candidates;
}

function remember(
  known: Remembered,
  { provider, model, candidates }: { provider: string; model: string; candidates: Candidates },
): void {
  if (known.size === candidatesMax) {
    known.byProvider.clear();
    known.size = 0;
  }
  const models = known.byProvider.get(provider) ?? new Map<string, Candidates>();
  known.byProvider.set(provider, models.set(model, candidates));
  known.size++;
}

function listedCards(provider: string, model: string): Candidates['listed'] {
  const entry = findListedModel({ provider, model });
  if (entry === null) return [];
  return datedRateSets(entry.model, entry.providerId).map(({ rates, sinceMs, holdsAt }) => ({
    card:
      rates === null
        ? null
        : {
            ...rates,
            origin: 'genai-prices' as const,
            version: priceListVersion,
            matched: entry.matched,
            ...(sinceMs === null ? {} : { sinceMs }),
          },
    holdsAt,
  }));
}
