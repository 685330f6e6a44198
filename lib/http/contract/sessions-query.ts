import { z } from 'zod';
import { sessionSorts } from '#lib/sessions/session-sort.ts';
import { plainText } from './plain-text.ts';
import { wholeNumber } from './whole-number.ts';

/** `GET /api/sessions` */
export const sessionsQuery = z.strictObject({
  sort: z.enum(sessionSorts).default('bytes').describe('The largest, or latest, first.'),
  agent: plainText(200).optional().describe("An agent's exact name."),
  q: plainText(200).optional().describe("A part of the session's id, in any case."),
  limit: wholeNumber({ min: 1, max: 200 }).default(50),
  cursor: z.string().max(1_000).optional().describe('`nextCursor` of the page before, for the same order.'),
});

/** Path of one session. The id is one percent-encoded part: `a/b` is `a%2Fb`. */
export const sessionPath = z.object({ id: plainText(512) });
