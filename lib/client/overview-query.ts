import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type ChartBucket, chartBuckets } from '#lib/overview/chart-bucket.ts';
import { differenceReasons } from '#lib/overview/cost-difference.ts';
import type { Overview } from '#lib/overview/overview.ts';
import { type RangeName, rangeNames } from '#lib/overview/range-name.ts';
import { type UsageDimension, usageDimensions } from '#lib/usage/rollup-scope.ts';
import type { UsageTotals } from '#lib/usage/usage-row.ts';
import { fetchJson } from './fetch-json.ts';
import { sessionRow } from './session-row.ts';
import * as shape from './shape.ts';
import { tokenSums } from './token-sums.ts';

const milliseconds = shape.nullable(shape.number);

const totals = shape.object({
  calls: shape.number,
  errors: shape.number,
  tokens: tokenSums,
  costUsd: shape.string,
  reportedCostUsd: shape.string,
  reportedCalls: shape.number,
  comparedCostUsd: shape.string,
  unpricedTokens: shape.number,
  latencyMs: shape.object({ p50: milliseconds, p95: milliseconds, p99: milliseconds }),
}) satisfies shape.Shape<UsageTotals>;

const sessionLoad = shape.extend(sessionRow, {
  tokensPerCall: shape.nullable(shape.number),
  callsLeft: shape.nullable(shape.number),
});

const group = shape.extend(totals, { tokensTotal: shape.number });

const overviewAnswer = shape.object({
  asOf: shape.string,
  range: shape.object({
    name: shape.nullable(shape.oneOf(rangeNames)),
    from: shape.string,
    to: shape.string,
    previousFrom: shape.string,
    previousTo: shape.string,
    timeZone: shape.string,
  }),
  hasUsage: shape.boolean,
  lastCall: shape.nullable(shape.string),
  totals,
  previous: totals,
  today: shape.object({
    costUsd: shape.string,
    tokens: shape.number,
    calls: shape.number,
    isWeekend: shape.boolean,
    usual: shape.nullable(shape.object({ costUsd: shape.string, tokens: shape.number, days: shape.number })),
  }),
  chart: shape.object({
    by: shape.oneOf(usageDimensions),
    bucket: shape.oneOf(chartBuckets),
    names: shape.array(shape.string),
    others: shape.number,
    buckets: shape.array(
      shape.object({
        start: shape.string,
        calls: shape.number,
        unpricedTokens: shape.number,
        costsUsd: shape.array(shape.string),
        tokens: shape.array(shape.number),
      }),
    ),
  }),
  byModel: shape.object({
    total: shape.number,
    rows: shape.array(shape.extend(group, { provider: shape.string, model: shape.string })),
  }),
  byAgent: shape.object({
    total: shape.number,
    rows: shape.array(shape.extend(group, { agent: shape.string })),
  }),
  bySource: shape.object({
    total: shape.number,
    rows: shape.array(shape.extend(group, { source: shape.string })),
  }),
  costDifferences: shape.array(
    shape.object({
      provider: shape.string,
      model: shape.string,
      reportedCalls: shape.number,
      reportedCostUsd: shape.string,
      computedCostUsd: shape.string,
      differenceUsd: shape.string,
      reason: shape.oneOf(differenceReasons),
    }),
  ),
  heaviestSessions: shape.array(sessionLoad),
  fastestSessions: shape.array(sessionLoad),
}) satisfies shape.Shape<Overview>;

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
