import 'server-only';
import type { Database } from '#db/database.ts';
import { parseUsd } from '#lib/pricing/parse-usd.ts';
import { historyDays, horizonDaysMax, hourHistoryDays, projectSpend } from '#lib/projection/project-spend.ts';
import { seededRandom } from '#lib/projection/seeded-random.ts';
import type { AmountAt, SpendProjection } from '#lib/projection/spend-projection.ts';
import type { BucketName } from '#lib/time/calendar-buckets.ts';
import { startOfLocal } from '#lib/time/time-zone.ts';
import type { UsageDimension } from '#lib/usage/rollup-scope.ts';
import type { UsageRow } from '#lib/usage/usage-row.ts';
import { readUsage } from '../read-usage.ts';

const dayMs = 86_400_000;

/** Whose spend: rows come with the named dimensions, and `includes` says which of them count. */
export type SpendScope = {
  readonly groupBy: readonly UsageDimension[];
  readonly includes: (row: UsageRow) => boolean;
};

export type SpendProjectionQuery = {
  readonly projectId: number;
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly timeZone: string;
  readonly nowMs: number;
  /** In the unit of `amountOf`. */
  readonly limit?: bigint | null;
  /** Default: the whole project. */
  readonly scope?: SpendScope;
  /** What is added up; default the cost in pico-USD. */
  readonly amountOf?: (row: UsageRow) => bigint;
};

export type ReadSpendProjection = {
  /** Exact, from the window's start to now. */
  readonly spent: bigint;
  /** Local days since the window's start that had spend, at most 400. */
  readonly days: readonly AmountAt[];
  readonly projection: SpendProjection;
};

/**
 * What a window has cost so far and where it is heading, from the last 120 days and the hours of the last 28.
 * @throws AppError `invalid_query` for a window or zone that makes no sense
 */
export async function readSpendProjection(
  db: Database,
  query: SpendProjectionQuery,
): Promise<ReadSpendProjection> {
  const { window, nowMs, timeZone, limit = null } = query;
  const startOfDay = (instantMs: number) =>
    startOfLocal({ unit: 'day', zone: timeZone, instantMs: Math.max(dayMs, instantMs) });
  const historyFromMs = startOfDay(nowMs - historyDays * dayMs);
  const windowFromMs = Math.max(window.fromMs, startOfDay(nowMs - horizonDaysMax * dayMs));
  const untilMs = nowMs + 1;
  const read = (bucket: BucketName, fromMs: number, toMs: number) =>
    fromMs < toMs ? readAmounts(db, query, { bucket, fromMs, toMs }) : [];
  const [total, days, hours] = await Promise.all([
    read('total', window.fromMs, Math.min(untilMs, window.toMs)),
    read('day', Math.min(historyFromMs, startOfDay(windowFromMs)), untilMs),
    read('hour', startOfDay(nowMs - hourHistoryDays * dayMs), untilMs),
  ]);
  const spent = total[0]?.amount ?? 0n;
  const projection = projectSpend({
    window,
    nowMs,
    timeZone,
    spent,
    days: days.filter(({ startMs }) => startMs >= historyFromMs),
    hours,
    limit,
    // The same ledger has the same projection, so that the page does not flicker.
    random: seededRandom(1),
  });
  return {
    spent,
    days: days.filter(({ startMs }) => startMs >= windowFromMs && startMs < window.toMs),
    projection,
  };
}

type Span = { readonly bucket: BucketName; readonly fromMs: number; readonly toMs: number };

/** One amount for each bucket that has rows, ascending. */
async function readAmounts(
  db: Database,
  { projectId, timeZone, scope, amountOf = costOf }: SpendProjectionQuery,
  span: Span,
): Promise<readonly AmountAt[]> {
  const rows = await readUsage(db, { projectId, timeZone, ...span, groupBy: scope?.groupBy ?? [] });
  const amounts = new Map<number, bigint>();
  for (const row of rows) {
    if (scope !== undefined && !scope.includes(row)) continue;
    const startMs = Date.parse(row.start);
    amounts.set(startMs, (amounts.get(startMs) ?? 0n) + amountOf(row));
  }
  return [...amounts].map(([startMs, amount]) => ({ startMs, amount }));
}

function costOf(row: UsageRow): bigint {
  return parseUsd(row.costUsd);
}
