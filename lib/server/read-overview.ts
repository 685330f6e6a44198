import 'server-only';
import type { Database } from '#db/database.ts';
import { findLastCall } from '#db/queries/find-last-call.ts';
import { type ChartBucket, chooseBucket } from '#lib/overview/chart-bucket.ts';
import { type CostDifference, findCostDifference } from '#lib/overview/cost-difference.ts';
import type { Overview, SpendGroups, SpendStack } from '#lib/overview/overview.ts';
import type { RangeName } from '#lib/overview/range-name.ts';
import { chosenRange, namedRange, type SpendRange } from '#lib/overview/spend-range.ts';
import { stackUsage } from '#lib/overview/stack-usage.ts';
import { resolveRates } from '#lib/pricing/model-rates.ts';
import { calendarBuckets } from '#lib/time/calendar-buckets.ts';
import type { UsageDimension } from '#lib/usage/rollup-scope.ts';
import { tileRange } from '#lib/usage/tile-range.ts';
import {
  addSums,
  totalTokens,
  toUsageRows,
  toUsageTotals,
  type UsageRow,
  type UsageSums,
} from '#lib/usage/usage-row.ts';
import { readSessionLoads } from './overview/read-session-loads.ts';
import { readToday } from './overview/read-today.ts';
import { priceOverridesOf } from './pricing/price-overrides-of.ts';
import { readUsageSums } from './read-usage.ts';

export type OverviewQuery = {
  readonly projectId: number;
  readonly timeZone: string;
  readonly range: RangeName | { readonly fromMs: number; readonly toMs: number };
  /** What the chart is stacked by. */
  readonly by: UsageDimension;
  /** Null draws as finely as reads well. */
  readonly bucket: ChartBucket | null;
  readonly nowMs: number;
};

/** Rows of a table; the page says how many there are in all. */
const groupsMax = 500;
const differencesMax = 20;

/**
 * The first page: what a range cost, by whom and when, against the range before, and the sessions to look at.
 * @throws AppError `invalid_query` for a range that makes no sense.
 */
export async function readOverview(db: Database, query: OverviewQuery): Promise<Overview> {
  const { projectId, timeZone, nowMs } = query;
  const range = resolve(query);
  const { fromMs, toMs, previousFromMs, previousToMs } = range;
  const sumsBy = (groupBy: readonly UsageDimension[]) =>
    readUsageSums(db, { projectId, groupBy, tiles: tileRange([fromMs, toMs]), latency: true });
  const [chart, models, agents, sources, previous, today, sessions] = await Promise.all([
    readChart(db, query, range),
    sumsBy(['model']),
    sumsBy(['agent']),
    sumsBy(['source']),
    readUsageSums(db, {
      projectId,
      groupBy: [],
      tiles: previousFromMs < previousToMs ? tileRange([previousFromMs, previousToMs]) : [],
      latency: false,
    }),
    readToday(db, { projectId, timeZone, nowMs }),
    readSessionLoads(db, { projectId, nowMs }),
  ]);
  const rows = (sums: readonly UsageSums[], dimensions: readonly UsageDimension[]) =>
    toUsageRows(sums, { starts: [fromMs], dimensions });
  const totals = toUsageTotals(addSums(sources));
  const lastCall = totals.calls > 0 ? null : await findLastCall(db, projectId);
  const byModel = toGroups(rows(models, ['provider', 'model']), ({ provider, model }) => ({
    provider: provider ?? '',
    model: model ?? '',
  }));
  return {
    asOf: new Date(nowMs).toISOString(),
    range: {
      name: typeof query.range === 'string' ? query.range : null,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      previousFrom: new Date(previousFromMs).toISOString(),
      previousTo: new Date(previousToMs).toISOString(),
      timeZone,
    },
    hasUsage: totals.calls > 0 || lastCall !== null,
    lastCall: lastCall?.toISOString() ?? null,
    totals,
    previous: toUsageTotals(addSums(previous)),
    today,
    chart,
    byModel,
    byAgent: toGroups(rows(agents, ['agent']), ({ agent }) => ({ agent: agent ?? '' })),
    bySource: toGroups(rows(sources, ['source']), ({ source }) => ({ source: source ?? '' })),
    costDifferences: await findDifferences(db, query, byModel),
    ...sessions,
  };
}

function resolve({ range, timeZone, nowMs }: OverviewQuery): SpendRange {
  return typeof range === 'string' ? namedRange({ name: range, zone: timeZone, nowMs }) : chosenRange(range);
}

async function readChart(db: Database, query: OverviewQuery, range: SpendRange): Promise<SpendStack> {
  const { fromMs, toMs } = range;
  const bucket = chooseBucket({ spanMs: toMs - fromMs, asked: query.bucket });
  const { edgesMs, starts } = calendarBuckets({ fromMs, toMs, zone: query.timeZone, bucket });
  const sums = await readUsageSums(db, {
    projectId: query.projectId,
    groupBy: [query.by],
    tiles: tileRange(edgesMs),
    latency: false,
  });
  return { ...stackUsage({ sums, by: query.by, starts }), bucket };
}

async function findDifferences(
  db: Database,
  { projectId, nowMs: atMs }: OverviewQuery,
  { rows }: Overview['byModel'],
): Promise<Overview['costDifferences']> {
  const overrides = await priceOverridesOf(db, projectId);
  const differences = rows.flatMap((row) => {
    const { provider, model } = row;
    return findCostDifference(row, resolveRates({ provider, model, atMs, overrides })) ?? [];
  });
  const size = ({ differenceUsd }: CostDifference) => Math.abs(Number(differenceUsd));
  return differences.sort((a, b) => size(b) - size(a)).slice(0, differencesMax);
}

function toGroups<Names>(rows: readonly UsageRow[], namesOf: (row: UsageRow) => Names): SpendGroups<Names> {
  return {
    total: rows.length,
    rows: rows.slice(0, groupsMax).map((row) => {
      const { start: _, agent: _a, provider: _p, model: _m, source: _s, ...totals } = row;
      return { ...totals, ...namesOf(row), tokensTotal: totalTokens(row.tokens) };
    }),
  };
}
