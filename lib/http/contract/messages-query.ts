import { z } from 'zod';
import { sessionPath } from './sessions-query.ts';
import { wholeNumber } from './whole-number.ts';

const seq = wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** `GET /api/sessions/{id}/messages` */
export const messagesQuery = z.strictObject({
  from: seq.default(0).describe('The number of the first message wanted.'),
  limit: wholeNumber({ min: 1, max: 200 }).default(50),
});

/** Path of one message, by its dense number. */
export const messagePath = sessionPath.extend({ seq });
