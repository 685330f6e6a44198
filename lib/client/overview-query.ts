import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { type ChartBucket, chartBuckets } from '#lib/overview/chart-bucket.ts';
import { differenceReasons } from '#lib/overview/cost-difference.ts';
import type { Overview } from '#lib/overview/overview.ts';
import { type RangeName, rangeNames } from '#lib/overview/range-name.ts';
import { type UsageDimension, usageDimensions } from '#lib/usage/rollup-scope.ts';
import type { UsageTotals } from '#lib/usage/usage-row.ts';
import { fetchJson } from './fetch-json.ts';
import { sessionRow } from './session-row.ts';
import { tokenSums } from './token-sums.ts';

const milliseconds = z.nullable(z.number());

const totals = z.object({
  calls: z.number(),
  errors: z.number(),
  tokens: tokenSums,
  costUsd: z.string(),
  reportedCostUsd: z.string(),
  reportedCalls: z.number(),
  comparedCostUsd: z.string(),
  unpricedTokens: z.number(),
  latencyMs: z.object({ p50: milliseconds, p95: milliseconds, p99: milliseconds }),
}) satisfies z.ZodMiniType<UsageTotals>;

const sessionLoad = z.extend(sessionRow, {
  tokensPerCall: z.nullable(z.number()),
  callsLeft: z.nullable(z.number()),
});

const group = z.extend(totals, { tokensTotal: z.number() });

const overviewAnswer = z.object({
  asOf: z.string(),
  range: z.object({
    name: z.nullable(z.enum(rangeNames)),
    from: z.string(),
    to: z.string(),
    previousFrom: z.string(),
    previousTo: z.string(),
    timeZone: z.string(),
  }),
  hasUsage: z.boolean(),
  lastCall: z.nullable(z.string()),
  totals,
  previous: totals,
  today: z.object({
    costUsd: z.string(),
    tokens: z.number(),
    calls: z.number(),
    isWeekend: z.boolean(),
    usual: z.nullable(z.object({ costUsd: z.string(), tokens: z.number(), days: z.number() })),
  }),
  chart: z.object({
    by: z.enum(usageDimensions),
    bucket: z.enum(chartBuckets),
    names: z.array(z.string()),
    others: z.number(),
    buckets: z.array(
      z.object({
        start: z.string(),
        calls: z.number(),
        unpricedTokens: z.number(),
        costsUsd: z.array(z.string()),
        tokens: z.array(z.number()),
      }),
    ),
  }),
  byModel: z.object({
    total: z.number(),
    rows: z.array(z.extend(group, { provider: z.string(), model: z.string() })),
  }),
  byAgent: z.object({ total: z.number(), rows: z.array(z.extend(group, { agent: z.string() })) }),
  bySource: z.object({ total: z.number(), rows: z.array(z.extend(group, { source: z.string() })) }),
  costDifferences: z.array(
    z.object({
      provider: z.string(),
      model: z.string(),
      reportedCalls: z.number(),
      reportedCostUsd: z.string(),
      computedCostUsd: z.string(),
      differenceUsd: z.string(),
      reason: z.enum(differenceReasons),
    }),
  ),
  heaviestSessions: z.array(sessionLoad),
  fastestSessions: z.array(sessionLoad),
}) satisfies z.ZodMiniType<Overview>;

export type OverviewFilter = {
  readonly range: RangeName | { readonly from: string; readonly to: string };
  readonly timeZone: string;
  readonly by: UsageDimension;
  /** Null draws as finely as reads well. */
  readonly bucket: ChartBucket | null;
};

/** What a range cost, by whom and when. What was drawn stays while another range is read. */
export function overviewQuery(filter: OverviewFilter) {
  return queryOptions({
    queryKey: ['overview', filter],
    queryFn: ({ signal }) => fetchJson({ path: overviewPath(filter), schema: overviewAnswer, signal }),
    placeholderData: keepPreviousData,
    meta: { live: ['usage', 'messages'] },
  });
}

function overviewPath({ range, timeZone, by, bucket }: OverviewFilter): string {
  const search = new URLSearchParams({
    ...(typeof range === 'string' ? { range } : range),
    tz: timeZone,
    by,
    ...(bucket !== null && { bucket }),
  });
  return `/api/overview?${search}`;
}
