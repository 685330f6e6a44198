import { z } from 'zod';
import { chartBuckets } from '#lib/overview/chart-bucket.ts';
import { differenceReasons } from '#lib/overview/cost-difference.ts';
import type { Overview } from '#lib/overview/overview.ts';
import { rangeNames } from '#lib/overview/range-name.ts';
import { usageDimensions } from '#lib/usage/rollup-scope.ts';
import { sessionRow } from './session-answer.ts';
import { usageTotals, usd } from './usage-answer.ts';

const count = z.int().min(0);
const instant = z.iso.datetime();

const sessionLoad = sessionRow.extend({
  tokensPerCall: z.number().nullable().describe('Context that each of the last calls added.'),
  callsLeft: count.nullable().describe('Until the context outgrows the window at that pace.'),
});

const group = usageTotals.extend({ tokensTotal: count });

/** `GET /api/overview` */
export const overviewAnswer = z.object({
  asOf: instant,
  range: z.object({
    name: z.enum(rangeNames).nullable(),
    from: instant,
    to: instant,
    previousFrom: instant,
    previousTo: instant,
    timeZone: z.string(),
  }),
  hasUsage: z.boolean().describe('Whether a call was ever stored, in any range.'),
  lastCall: instant.nullable().describe('Only where the range has no call: when the latest one was made.'),
  totals: usageTotals,
  previous: usageTotals.describe('The same part of the day, week or month before.'),
  today: z.object({
    costUsd: usd,
    tokens: count,
    calls: count,
    isWeekend: z.boolean(),
    usual: z
      .object({ costUsd: usd, tokens: count, days: count })
      .nullable()
      .describe('The middle one of the days of its kind in four weeks, up to the same time.'),
  }),
  chart: z.object({
    by: z.enum(usageDimensions),
    bucket: z.enum(chartBuckets),
    names: z.array(z.string()),
    others: count.describe('Names that are summed up in the last place.'),
    buckets: z.array(
      z.object({
        start: instant,
        calls: count,
        unpricedTokens: count,
        costsUsd: z.array(usd),
        tokens: z.array(count),
      }),
    ),
  }),
  byModel: z.object({
    total: count,
    rows: z.array(group.extend({ provider: z.string(), model: z.string() })),
  }),
  byAgent: z.object({ total: count, rows: z.array(group.extend({ agent: z.string() })) }),
  bySource: z.object({ total: count, rows: z.array(group.extend({ source: z.string() })) }),
  costDifferences: z.array(
    z.object({
      provider: z.string(),
      model: z.string(),
      reportedCalls: count,
      reportedCostUsd: usd,
      computedCostUsd: usd,
      differenceUsd: z.string().describe('Reported minus computed.'),
      reason: z
        .enum(differenceReasons)
        .describe('`cached_twice`: it is what the cache reads would have cost as fresh input, on top.'),
    }),
  ),
  heaviestSessions: z.array(sessionLoad),
  fastestSessions: z.array(sessionLoad),
}) satisfies z.ZodType<Overview>;
