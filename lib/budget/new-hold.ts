import { z } from 'zod';
import { countField, nameField } from '#lib/ingest/event-fields.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import { toPicoUsd } from '#lib/pricing/to-pico-usd.ts';
import { sources } from '#lib/usage/source.ts';
import { limitUsdMax, usdText } from './new-budget.ts';

export const ttlSecondsDefault = 600;
export const ttlSecondsMax = 86_400;
/** Tokens of one call; more is a mistake, and their price could leave the range of a bigint. */
export const holdTokensMax = 100_000_000;

const usdAmount = z
  .union([
    usdText,
    z
      .number()
      .min(0)
      .max(limitUsdMax)
      .transform((usd) => formatPicoUsd(toPicoUsd(usd))),
  ])
  .meta({ description: 'USD as a decimal string (exact) or a number (rounded to 12 decimals)' });

const tokens = countField.max(holdTokensMax);
const call = {
  agent: nameField,
  session: nameField.nullish(),
  source: z.enum(sources).nullish().describe('Why it runs; default direct.'),
  provider: nameField.nullish().describe('Without it the model is priced as the dearest that it can be.'),
  model: nameField.nullish(),
  inputTokens: tokens.nullish().describe('All that will be sent, cached or not.'),
  maxOutputTokens: tokens.nullish(),
};

/** `POST /api/holds` */
export const newHold = z
  .strictObject({
    id: nameField.describe('Chosen by the caller; the same id is held once however often it is sent.'),
    ...call,
    amountUsd: usdAmount
      .nullish()
      .describe('What to hold; without it the most that model and tokens can cost.'),
    ttlSeconds: z.number().int().min(1).max(ttlSecondsMax).default(ttlSecondsDefault),
  })
  .meta({ id: 'NewHold' });
export type NewHold = Readonly<z.output<typeof newHold>>;

/** `POST /api/estimate` */
export const newEstimate = z
  .strictObject({ ...call, model: nameField, inputTokens: tokens })
  .meta({ id: 'NewEstimate' });
export type NewEstimate = Readonly<z.output<typeof newEstimate>>;

/** `POST /api/holds/{id}/settle`: what it cost, or the tokens of which the server makes the cost. */
export const holdSettlement = z
  .strictObject({
    amountUsd: usdAmount.nullish(),
    usage: z
      .strictObject({
        provider: nameField.nullish().describe('Default: as the hold has it.'),
        model: nameField.nullish().describe('The model that answered; default: as the hold has it.'),
        inputTokens: tokens.describe('Without the cached ones.'),
        cacheReadTokens: tokens.nullish(),
        cacheWriteTokens: tokens.nullish(),
        outputTokens: tokens,
      })
      .nullish(),
  })
  .refine((body) => body.amountUsd != null || body.usage != null, 'Expected amountUsd or usage');
export type HoldSettlement = Readonly<z.output<typeof holdSettlement>>;
