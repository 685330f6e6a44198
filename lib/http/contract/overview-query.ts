import { z } from 'zod';
import { timeZone } from './usage-query.ts';
import { wholeNumber } from './whole-number.ts';

/** `GET /api/overview` */
export const overviewQuery = z.strictObject({
  tz: timeZone.optional().describe("Default: the project's time zone."),
  days: wholeNumber({ min: 1, max: 366 }).default(30).describe('Local days up to now, today among them.'),
});
