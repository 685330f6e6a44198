import 'server-only';
import { historyDays, horizonDaysMax, hourHistoryDays, projectSpend } from '#lib/projection/project-spend.ts';
import { seededRandom } from '#lib/projection/seeded-random.ts';
import type { AmountAt, SpendProjection } from '#lib/projection/spend-projection.ts';
import { startOfLocal } from '#lib/time/time-zone.ts';
import type { SpendSource, SpendSpan } from './spend-source.ts';

const dayMs = 86_400_000;

export type SpendProjectionQuery = {
  readonly source: SpendSource;
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly timeZone: string;
  readonly nowMs: number;
  /** In the unit of the source. */
  readonly limit?: bigint | null;
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
export async function readSpendProjection(query: SpendProjectionQuery): Promise<ReadSpendProjection> {
  const { source, window, nowMs, timeZone, limit = null } = query;
  const startOfDay = (instantMs: number) =>
    startOfLocal({ unit: 'day', zone: timeZone, instantMs: Math.max(dayMs, instantMs) });
  const historyFromMs = startOfDay(nowMs - historyDays * dayMs);
  const windowFromMs = Math.max(window.fromMs, startOfDay(nowMs - horizonDaysMax * dayMs));
  const untilMs = nowMs + 1;
  const read = (bucket: SpendSpan['bucket'], fromMs: number, toMs: number) =>
    fromMs < toMs ? source({ bucket, fromMs, toMs, timeZone }) : [];
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
