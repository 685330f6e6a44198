import { z } from 'zod';
import type { ProjectionView } from '#lib/projection/projection-view.ts';
import { usd } from './usage-answer.ts';

const instant = z.iso.datetime();
const count = z.int().min(0);
const share = z.number().min(0);

const projected = {
  p10Usd: usd.describe('Spend at the end is above this nine times in ten.'),
  p50Usd: usd.describe('As often above as below.'),
  p90Usd: usd.describe('Above this once in ten.'),
};

const runsOut = {
  earliest: instant.nullable().describe('On the dearer way, P90.'),
  likely: instant.nullable().describe('On the middle way, P50.'),
  latest: instant.nullable().describe('On the cheaper way, P10.'),
};

const pastError = z.object({
  missedShare: share.describe(
    'Sum of what P50 was off by, over the sum of what came: 0.09 is a miss of 9 %.',
  ),
  coverage: share.max(1).describe('How often what came lay between P10 and P90.'),
  forecasts: count.describe('Forecasts whose outcome became known in the past 28 days.'),
  horizonDays: count.describe('How many days each looked ahead.'),
});

/** `GET /api/projection` */
export const projectionAnswer = z.object({
  window: z.object({ from: instant, to: instant, timeZone: z.string() }),
  at: instant,
  spentUsd: usd.describe('From the start of the window to `at`.'),
  days: z.array(z.object({ start: instant, costUsd: usd })).describe('Local days of the window with spend.'),
  basis: z.object({
    days: count.describe('Complete days that the projection looked at, from the first with spend on.'),
    activeDays: count,
    firstDay: instant.nullable(),
  }),
  projection: z
    .object({
      ...projected,
      confidence: z.enum(['low', 'normal']).describe('`low` before 14 days with spend.'),
      path: z
        .array(z.object({ at: instant, ...projected }))
        .describe('Spend from now to the end of the window, an entry for each end of a day.'),
      runsOut: z
        .object({
          limitUsd: usd,
          ...runsOut,
        })
        .nullable()
        .describe('Null without `limitUsd`; an instant is null where the window ends before.'),
      pastError: pastError.nullable().describe('Null while too little is known.'),
    })
    .nullable(),
  tokens: z
    .object({
      limit: count,
      spent: count,
      p10: count.nullable(),
      p50: count.nullable(),
      p90: count.nullable(),
      runsOut: z.object(runsOut).nullable(),
    })
    .nullable()
    .describe('Only of a budget that limits tokens: those that it counts.'),
  absentReason: z.enum(['few-active-days', 'window-not-begun', 'window-over', 'window-too-long']).nullable(),
}) satisfies z.ZodType<ProjectionView>;
