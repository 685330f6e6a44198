import { z } from 'zod';
import { isUsdPerMillion } from '#lib/pricing/usd-per-million.ts';
import { parseInstant } from '#lib/time/parse-instant.ts';
import { plainText } from './plain-text.ts';
import { wholeNumber } from './whole-number.ts';

const usdPerMillion = z
  .preprocess(
    // A number of six decimals is written as it was meant.
    (value) => (typeof value === 'number' ? String(value) : value),
    z
      .string()
      .refine(isUsdPerMillion, 'Expected USD for a million tokens, from 0, with at most 6 decimals: "2.5"'),
  )
  .describe('USD for a million tokens: a decimal string with at most six decimals.');

const instant = z
  .string()
  .refine((text) => parseInstant(text) !== null, 'Expected RFC 3339 with an offset: 2026-11-21T06:47:00Z')
  .meta({ format: 'date-time' });

const fields = {
  provider: plainText(200).describe('As calls name it; `*` is anything.'),
  model: plainText(200).describe('As calls name it; `*` in it is anything.'),
  inputUsdPerMillion: usdPerMillion,
  outputUsdPerMillion: usdPerMillion,
  cacheReadUsdPerMillion: usdPerMillion.describe('Default: as input.'),
  cacheWrite5mUsdPerMillion: usdPerMillion.describe('Default: as input.'),
  cacheWrite1hUsdPerMillion: usdPerMillion.describe('Default: as 5-minute writes.'),
  validFrom: instant.nullable().describe('Included. Null: from the beginning.'),
  validTo: instant.nullable().describe('Excluded. Null: until further notice.'),
};

/** `POST /api/prices` */
export const priceBody = z.strictObject({
  ...fields,
  provider: fields.provider.default('*'),
  cacheReadUsdPerMillion: fields.cacheReadUsdPerMillion.optional(),
  cacheWrite5mUsdPerMillion: fields.cacheWrite5mUsdPerMillion.optional(),
  cacheWrite1hUsdPerMillion: fields.cacheWrite1hUsdPerMillion.optional(),
  validFrom: fields.validFrom.default(null),
  validTo: fields.validTo.default(null),
});

/** `PATCH /api/prices/{id}`: names only what it changes. */
export const pricePatch = z
  .strictObject(fields)
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Expected what is to be changed');

export const pricePath = z.object({ id: z.guid() });

/** `GET /api/prices/known` */
export const knownPricesQuery = z.strictObject({
  q: plainText(200).optional().describe('A part of the provider or model, in any case.'),
  limit: wholeNumber({ min: 1, max: 2_000 }).default(50),
});

/** `POST /api/prices/reprice` */
export const repriceBody = z.strictObject({
  dryRun: z.boolean().default(true).describe('True only says what would change.'),
  from: instant.nullable().default(null).describe('Included. Null: from the first call on.'),
  to: instant.nullable().default(null).describe('Excluded. Null: to the last call.'),
  models: z
    .array(z.strictObject({ provider: plainText(200), model: plainText(200) }))
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .describe('Only calls that these models answered. Null: all.'),
  onlyUnpriced: z.boolean().default(false).describe('Only calls without a price.'),
  cursor: z.string().max(1_000).nullable().default(null).describe('`next` of the answer before.'),
});

export type PriceBody = z.output<typeof priceBody>;
export type PricePatch = z.output<typeof pricePatch>;
export type RepriceBody = z.output<typeof repriceBody>;
