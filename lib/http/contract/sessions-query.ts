import { z } from 'zod';
import { sessionSorts } from '#lib/sessions/session-sort.ts';
import { sources } from '#lib/usage/usage-event.ts';
import { plainText } from './plain-text.ts';
import { wholeNumber } from './whole-number.ts';

/** `GET /api/sessions` */
export const sessionsQuery = z.strictObject({
  sort: z.enum(sessionSorts).default('bytes').describe('The largest, or latest, first.'),
  agent: plainText(200).optional().describe("An agent's exact name."),
  model: plainText(200)
    .optional()
    .describe('The exact name of a model that answered at least one of its calls.'),
  source: z.enum(sources).optional().describe('Why at least one of its calls ran.'),
  q: plainText(200).optional().describe("A part of the session's id, in any case."),
  limit: wholeNumber({ min: 1, max: 200 }).default(50),
  cursor: z.string().max(1_000).optional().describe('`nextCursor` of the page before, for the same order.'),
});

/** Path of one session. The id is one percent-encoded part: `a/b` is `a%2Fb`. */
export const sessionPath = z.object({ id: plainText(512) });
