import { queryOptions } from '@tanstack/react-query';
import type { PriceOverrideView, PricesView } from '#lib/pricing/price-view.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const rates = {
  inputUsdPerMillion: shape.string,
  outputUsdPerMillion: shape.string,
  cacheReadUsdPerMillion: shape.string,
  cacheWrite5mUsdPerMillion: shape.string,
  cacheWrite1hUsdPerMillion: shape.string,
};

/** A project's own rates. */
export const priceOverride = shape.object({
  ...rates,
  id: shape.string,
  provider: shape.string,
  model: shape.string,
  validFrom: shape.nullable(shape.string),
  validTo: shape.nullable(shape.string),
  createdAt: shape.string,
}) satisfies shape.Shape<PriceOverrideView>;

const pricesAnswer = shape.object({
  priceList: shape.string,
  overrides: shape.array(priceOverride),
  models: shape.array(
    shape.object({
      provider: shape.string,
      model: shape.string,
      calls: shape.number,
      costUsd: shape.string,
      unpricedTokens: shape.number,
      rates: shape.nullable(
        shape.object({
          ...rates,
          tiers: shape.array(shape.object({ ...rates, aboveContextTokens: shape.number })),
          perRequestUsd: shape.string,
          origin: shape.oneOf(['override', 'genai-prices']),
          version: shape.string,
          matched: shape.oneOf(['model', 'normalised', 'guessed-provider']),
          since: shape.nullable(shape.string),
        }),
      ),
    }),
  ),
}) satisfies shape.Shape<PricesView>;

/** Own rates, and those in force for each model that calls have named. */
export const pricesQuery = queryOptions({
  queryKey: ['prices'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/prices', schema: pricesAnswer, signal }),
  meta: { live: ['settings'] },
});
