import { z } from 'zod';
import type { SearchAnswer } from '#lib/chat/search-answer.ts';
import type { SessionOutline } from '#lib/chat/session-outline.ts';
import { plainText } from './plain-text.ts';
import { wholeNumber } from './whole-number.ts';

const count = z.int().min(0);
const line = z.int().min(-1);
const seq = wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** `GET /api/sessions/{id}/search` */
export const searchQuery = z.strictObject({
  q: plainText(200).describe('Words as they stand in the text, in any case.'),
  before: seq.optional().describe('`nextBefore` of the stretch before.'),
  limit: wholeNumber({ min: 1, max: 200 }).default(50),
});

/** `GET /api/sessions/{id}/search` */
export const searchAnswer = z.object({
  hits: z.array(
    z.object({
      seq: count,
      role: z.string(),
      kind: z.string(),
      toolName: z.string().nullable(),
      snippet: z.string(),
    }),
  ),
  searchedFrom: count.describe('Everything from here on has been looked at.'),
  nextBefore: count.nullable().describe('`before` of the next stretch; null when all is searched.'),
  epoch: count,
}) satisfies z.ZodType<SearchAnswer>;

/** `GET /api/sessions/{id}/export` */
export const exportQuery = z.strictObject({
  format: z.enum(['jsonl', 'markdown']).default('jsonl'),
  from: seq.default(0),
  to: seq.optional().describe('The last message wanted; default the newest.'),
});

/** `GET /api/sessions/{id}/outline` */
export const outlineAnswer = z.object({
  lastSeq: line,
  epoch: count,
  clearedThroughSeq: line,
  bytes: count,
  heavy: z.array(z.object({ seq: count, bytes: count })).describe('The 500 largest messages.'),
  compactions: z.array(count),
  errors: z.array(count).describe('Messages at which calls failed.'),
}) satisfies z.ZodType<SessionOutline>;

/** `GET /api/sessions/{id}/turn` */
export const turnQuery = z.strictObject({
  from: seq.describe('The message to start from; it is not answered itself.'),
  direction: z.enum(['next', 'previous']).default('next'),
});

/** `GET /api/sessions/{id}/turn` */
export const turnAnswer = z.object({ seq: count.nullable() });

/** `GET /api/sessions/{id}/stream` */
export const streamQuery = z.strictObject({
  after: wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER })
    .optional()
    .describe('The first message that is not known yet; `Last-Event-ID` goes before it.'),
  epoch: wholeNumber({ min: 0, max: 2_147_483_647 }).optional(),
});
