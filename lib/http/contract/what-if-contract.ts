import { z } from 'zod';
import type { PostMortem } from '#lib/sessions/post-mortem.ts';
import type { WhatIf } from '#lib/sessions/what-if.ts';
import { usageStatuses } from '#lib/usage/usage-event.ts';
import { plainText } from './plain-text.ts';
import { usd } from './usage-answer.ts';
import { wholeNumber } from './whole-number.ts';

const count = z.int().min(0);

/** `GET /api/sessions/{id}/what-if` */
export const whatIfQuery = z.strictObject({
  resultBytesMax: wholeNumber({ min: 256, max: 10_000_000 })
    .optional()
    .describe('Shorten tool results above it.'),
  historyBytesMax: wholeNumber({ min: 4_000, max: 100_000_000 })
    .optional()
    .describe('Hold the history under it.'),
  contextTokensMax: wholeNumber({ min: 100, max: 10_000_000 }).optional().describe('Send no more than this.'),
  contextMessagesMax: wholeNumber({ min: 1, max: 100_000 }).optional(),
  pairsMax: wholeNumber({ min: 1, max: 100_000 }).optional().describe('Trim the history to so many pairs.'),
  model: plainText(200).optional().describe('Another model, as `provider/model`.'),
});

const side = z.object({
  model: z.string().nullable(),
  calls: count,
  tokens: count,
  largestContext: count,
  historyBytes: count,
  costUsd: usd.nullable().describe('At the price of fresh input; null where the model has none.'),
  diesAtCall: z.int().min(1).nullable(),
});

export const whatIfAnswer = z.object({
  messages: count,
  messagesReplayed: count.describe('Only the first ones of a very long session.'),
  stoppedBy: z
    .enum(['messages', 'bytes', 'time'])
    .nullable()
    .describe('50,000 messages, 400 MB or 20 s ended it; null when it was replayed whole.'),
  windowTokens: count,
  before: side,
  after: side,
  resultsShortened: count,
  compactions: count,
  steps: z.array(z.object({ call: count, before: count, after: count })),
}) satisfies z.ZodType<WhatIf>;

/** `GET /api/sessions/{id}/post-mortem` */
export const postMortemAnswer = z.object({
  cause: z.enum(['overflow', 'errors', 'silence']).nullable(),
  steps: z.array(
    z.object({
      ts: z.iso.datetime(),
      contextTokens: count,
      growthTokens: z.int().nullable(),
      status: z.enum(usageStatuses),
      error: z.string().nullable(),
    }),
  ),
  culprit: z
    .object({ seq: count, toolName: z.string().nullable(), bytes: count, tokens: count, rereads: count })
    .nullable(),
  rule: z.enum(['resultBytesMax', 'historyBytesMax']).nullable(),
}) satisfies z.ZodType<PostMortem>;
