import { z } from 'zod';
import type {
  ListedPrice,
  PriceOverrideView,
  PricesView,
  RatesInForce,
  RatesView,
  Repricing,
} from '#lib/pricing/price-view.ts';
import { usd } from './usage-answer.ts';

const instant = z.iso.datetime();
const count = z.int().min(0);
const usdPerMillion = usd.describe('USD for a million tokens, exact.');

const rates = {
  inputUsdPerMillion: usdPerMillion,
  outputUsdPerMillion: usdPerMillion,
  cacheReadUsdPerMillion: usdPerMillion,
  cacheWrite5mUsdPerMillion: usdPerMillion,
  cacheWrite1hUsdPerMillion: usdPerMillion,
} satisfies Record<keyof RatesView, z.ZodType>;

/** `POST` and `PATCH /api/prices` */
export const priceAnswer = z.object({
  ...rates,
  id: z.guid(),
  provider: z.string(),
  model: z.string(),
  validFrom: instant.nullable().describe('Null: from the beginning.'),
  validTo: instant.nullable().describe('Null: until further notice.'),
  createdAt: instant,
}) satisfies z.ZodType<PriceOverrideView>;

const ratesInForce = z.object({
  ...rates,
  tiers: z
    .array(z.object({ ...rates, aboveContextTokens: count }))
    .describe('These rates hold for the whole call once its context is larger.'),
  perRequestUsd: usd.describe('A flat fee of each call.'),
  origin: z.enum(['override', 'genai-prices']),
  version: z.string().describe('What a call records as its price version.'),
  matched: z
    .enum(['model', 'normalised', 'guessed-provider'])
    .describe('Found under the very id, under a simpler form of it, or at a provider that was guessed.'),
  since: instant.nullable().describe('Null when that is not known, or always.'),
}) satisfies z.ZodType<RatesInForce>;

/** `GET /api/prices` */
export const pricesAnswer = z.object({
  priceList: z.string().describe('The bundled list.'),
  overrides: z.array(priceAnswer),
  models: z.array(
    z.object({
      provider: z.string(),
      model: z.string(),
      calls: count,
      costUsd: usd,
      unpricedTokens: count,
      rates: ratesInForce.nullable().describe('In force now; null when nobody has priced the model.'),
    }),
  ),
}) satisfies z.ZodType<PricesView>;

/** `GET /api/prices/known` */
export const knownPricesAnswer = z.object({
  total: count.describe('How many fit.'),
  models: z.array(
    z.object({
      ...rates,
      provider: z.string(),
      model: z.string(),
      name: z.string(),
    }) satisfies z.ZodType<ListedPrice>,
  ),
});

/** `POST /api/prices/reprice` */
export const repricingAnswer = z.object({
  dryRun: z.boolean(),
  calls: count.describe('Calls that were looked at.'),
  changed: count.describe('Calls whose cost changes, or was changed.'),
  beforeUsd: usd.describe('Of all calls that were looked at.'),
  afterUsd: usd,
  unpricedTokensBefore: count,
  unpricedTokensAfter: count,
  models: z
    .array(
      z.object({
        provider: z.string(),
        model: z.string(),
        calls: count,
        beforeUsd: usd,
        afterUsd: usd,
        unpricedTokensBefore: count,
        unpricedTokensAfter: count,
      }),
    )
    .describe('Of the calls that change.'),
  next: z.string().nullable().describe('Null when all were looked at; else send it as `cursor` to go on.'),
}) satisfies z.ZodType<Repricing>;
