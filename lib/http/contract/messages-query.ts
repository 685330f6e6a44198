import { z } from 'zod';
import { sessionPath } from './sessions-query.ts';
import { wholeNumber } from './whole-number.ts';

const seq = wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** `GET /api/sessions/{id}/messages` */
export const messagesQuery = z.strictObject({
  from: seq.default(0).describe('The number of the first message wanted.'),
  limit: wholeNumber({ min: 1, max: 200 }).default(50),
  gapMax: wholeNumber({ min: 1, max: 1_000_000 })
    .optional()
    .describe('Where more than so many follow `from`, the answer is the last ones instead.'),
});

/** Path of one message, by its dense number. */
export const messagePath = sessionPath.extend({ seq });
