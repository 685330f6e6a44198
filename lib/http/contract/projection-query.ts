import { z } from 'zod';
import { parseUsd } from '#lib/pricing/parse-usd.ts';
import { instant, timeZone } from './usage-query.ts';
import { wholeNumber } from './whole-number.ts';

const limitUsd = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,12})?$/, 'Expected an amount in USD like "12.345"')
  .refine((text) => parseUsd(text) > 0n, 'Expected more than 0 USD')
  .describe('USD. The answer then says when spend would reach it.');

/** `GET /api/projection`: the present day, week or month, or the window from `from` to `to`. */
export const projectionQuery = z
  .strictObject({
    tz: timeZone.optional().describe("Default: the project's time zone."),
    period: z.enum(['day', 'week', 'month']).optional().describe('Default: month.'),
    weekStart: wholeNumber({ min: 1, max: 7 }).default(1).describe('1 is Monday, 7 is Sunday.'),
    from: instant.optional().describe('Included. Together with `to`, instead of `period`.'),
    to: instant.optional().describe('Excluded.'),
    limitUsd: limitUsd.optional(),
    budget: z
      .guid()
      .optional()
      .describe("A budget's id, alone: its present window, scope, time zone and limits."),
  })
  .refine(
    ({ budget, tz, period, from, limitUsd: limit }) =>
      budget === undefined || [tz, period, from, limit].every((given) => given === undefined),
    'Expected `budget` alone: its window, zone and limits are its own',
  )
  .refine(({ from, to }) => (from === undefined) === (to === undefined), 'Expected from and to together')
  .refine(
    ({ from, period }) => from === undefined || period === undefined,
    'Expected a period, or from and to, not both',
  );
