import { z } from 'zod';
import { chartBuckets } from '#lib/overview/chart-bucket.ts';
import { rangeNames } from '#lib/overview/range-name.ts';
import { usageDimensions } from '#lib/usage/rollup-scope.ts';
import { instant, timeZone } from './usage-query.ts';

/** `GET /api/overview` */
export const overviewQuery = z
  .strictObject({
    tz: timeZone.optional().describe("Default: the project's time zone."),
    range: z
      .enum(rangeNames)
      .optional()
      .describe('Up to now; default 30d, which is 30 local days with today.'),
    from: instant.optional().describe('Included. A range of its own needs both ends, and no `range`.'),
    to: instant.optional().describe('Excluded.'),
    by: z.enum(usageDimensions).default('model').describe('What the chart is stacked by.'),
    bucket: z
      .enum(chartBuckets)
      .optional()
      .describe('Default: as finely as reads well. Coarser where it would make over 500 bars.'),
  })
  .refine(
    ({ range, from, to }) =>
      (from === undefined) === (to === undefined) && (range === undefined || from === undefined),
    'Expected either range, or from and to',
  );
