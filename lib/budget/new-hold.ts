import { z } from 'zod';
import { countField, nameField } from '#lib/ingest/event-fields.ts';
import { sources } from '#lib/usage/source.ts';
import { usdText } from './new-budget.ts';

export const ttlSecondsDefault = 600;
export const ttlSecondsMax = 86_400;
/** Tokens of one call; more is a mistake, and their price could leave the range of a bigint. */
export const holdTokensMax = 100_000_000;

const tokens = countField.max(holdTokensMax);
const call = {
  agent: nameField,
  session: nameField.nullish(),
  source: z.enum(sources).nullish().describe('Why it runs; default direct.'),
  provider: nameField.nullish(),
  model: nameField.nullish(),
  inputTokens: tokens.nullish().describe('All that will be sent, cached or not.'),
  maxOutputTokens: tokens.nullish(),
};

/** `POST /api/holds` */
export const newHold = z
  .strictObject({
    id: nameField.describe('Chosen by the caller; the same id is held once however often it is sent.'),
    ...call,
    amountUsd: usdText
      .nullish()
      .describe('What to hold; without it the most that model and tokens can cost.'),
    ttlSeconds: z.number().int().min(1).max(ttlSecondsMax).default(ttlSecondsDefault),
  })
  .meta({ id: 'NewHold' });
export type NewHold = Readonly<z.output<typeof newHold>>;

/** `POST /api/estimate` */
export const newEstimate = z
  .strictObject({ ...call, provider: nameField, model: nameField, inputTokens: tokens })
  .meta({ id: 'NewEstimate' });
export type NewEstimate = Readonly<z.output<typeof newEstimate>>;

/** `POST /api/holds/{id}/settle`: what it cost, or the tokens of which the server makes the cost. */
export const holdSettlement = z
  .strictObject({
    amountUsd: usdText.nullish(),
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
