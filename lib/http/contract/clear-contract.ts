import { z } from 'zod';
import type {
  ClearedSession,
  ClearReceipt,
  ClearSessionsAnswer,
  RestoreReceipt,
} from '#lib/chat/clear-receipt.ts';
import { parseInstant } from '#lib/time/parse-instant.ts';
import { plainText } from './plain-text.ts';
import { wholeNumber } from './whole-number.ts';

const count = z.int().min(0);
const line = z.int().min(-1);
const instant = z
  .string()
  .refine((text) => parseInstant(text) !== null, 'Expected RFC 3339 with an offset: 2026-11-21T06:47:00Z')
  .meta({ format: 'date-time' });

/** `DELETE /api/sessions/{id}/messages`: without a part, all messages go. */
export const clearQuery = z
  .strictObject({
    beforeSeq: wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER })
      .optional()
      .describe('Only messages before this number.'),
    beforeTime: instant
      .optional()
      .describe('Only messages before the first one of this time or later: what came out of order stays.'),
    dryRun: z.enum(['true', 'false']).default('false').describe('Only tells what would go.'),
  })
  .refine(
    ({ beforeSeq, beforeTime }) => beforeSeq === undefined || beforeTime === undefined,
    'Name beforeSeq or beforeTime, not both',
  );

/** `DELETE /api/sessions/{id}/messages` */
export const clearAnswer = z.object({
  id: z.string().nullable().describe('Null where there was nothing to clear, and in a dry run.'),
  epoch: count.describe('Goes up by one with each clearing and each undo.'),
  clearedThroughSeq: line,
  messages: count,
  bytes: count,
  clearedAt: z.iso.datetime().nullable(),
  undoUntil: z.iso.datetime().nullable().describe('Until then `POST …/restore` takes it back.'),
  dryRun: z.boolean(),
}) satisfies z.ZodType<ClearReceipt>;

/** `POST /api/sessions/{id}/restore` */
export const restoreAnswer = z.object({
  epoch: count,
  clearedThroughSeq: line,
  messages: count.describe('Messages that can be read again.'),
  bytes: count,
}) satisfies z.ZodType<RestoreReceipt>;

/** `POST /api/sessions/clear`: at least one part of the filter has to be named. */
export const clearSessionsBody = z
  .strictObject({
    agent: plainText(200).optional().describe("An agent's exact name."),
    q: plainText(200).optional().describe("A part of the session's id, in any case."),
    ids: z.array(plainText(512)).min(1).max(500).optional(),
    inactiveSince: instant.optional().describe('Only sessions without activity since then.'),
    bytesMin: z.int().min(0).optional(),
    dryRun: z.boolean().describe('True only tells which sessions would be cleared.'),
  })
  .refine(
    (body) => Object.keys(body).length > 1,
    'Name at least one of agent, q, ids, inactiveSince, bytesMin',
  );

const clearedSession = z.object({
  id: z.string(),
  messages: count,
  bytes: count,
  undoUntil: z.iso.datetime().nullable(),
}) satisfies z.ZodType<ClearedSession>;

/** `POST /api/sessions/clear` */
export const clearSessionsAnswer = z.object({
  dryRun: z.boolean(),
  sessions: z.array(clearedSession).describe('The largest first; at most 500.'),
  messages: count,
  bytes: count,
  more: z.boolean().describe('More sessions fit the filter: ask again.'),
}) satisfies z.ZodType<ClearSessionsAnswer>;
