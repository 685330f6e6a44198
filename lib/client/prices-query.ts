import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { PriceOverrideView, PricesView } from '#lib/pricing/price-view.ts';
import { fetchJson } from './fetch-json.ts';

const rates = {
  inputUsdPerMillion: z.string(),
  outputUsdPerMillion: z.string(),
  cacheReadUsdPerMillion: z.string(),
  cacheWrite5mUsdPerMillion: z.string(),
  cacheWrite1hUsdPerMillion: z.string(),
};

/** A project's own rates. */
export const priceOverride = z.object({
  ...rates,
  id: z.string(),
  provider: z.string(),
  model: z.string(),
  validFrom: z.nullable(z.string()),
  validTo: z.nullable(z.string()),
  createdAt: z.string(),
}) satisfies z.ZodMiniType<PriceOverrideView>;

const pricesAnswer = z.object({
  priceList: z.string(),
  overrides: z.array(priceOverride),
  models: z.array(
    z.object({
      provider: z.string(),
      model: z.string(),
      calls: z.number(),
      costUsd: z.string(),
      unpricedTokens: z.number(),
      rates: z.nullable(
        z.object({
          ...rates,
          tiers: z.array(z.object({ ...rates, aboveContextTokens: z.number() })),
          perRequestUsd: z.string(),
          origin: z.enum(['override', 'genai-prices']),
          version: z.string(),
          matched: z.enum(['model', 'normalised', 'guessed-provider']),
          since: z.nullable(z.string()),
        }),
      ),
    }),
  ),
}) satisfies z.ZodMiniType<PricesView>;

/** Own rates, and those in force for each model that calls have named. */
export const pricesQuery = queryOptions({
  queryKey: ['prices'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/prices', schema: pricesAnswer, signal }),
  meta: { live: ['settings'] },
});
