import { formatUsd } from '#lib/format/format-usd.ts';
import { formatPicoUsd, parseUsd } from '#lib/pricing/parse-usd.ts';
import type { ProjectionView } from '#lib/projection/projection-view.ts';
import { calendarBuckets } from '#lib/time/calendar-buckets.ts';
import { roundTicks } from './round-ticks.ts';

/** Numbers are for heights only; `lines` hold the amounts. */
export type BurnPoint = {
  readonly atMs: number;
  /** Null past now. */
  readonly spentUsd: number | null;
  /** Null before now. */
  readonly p50Usd: number | null;
  readonly bandUsd: readonly [number, number] | null;
  readonly title: string;
  readonly lines: readonly string[];
};

export type SpendBurn = {
  readonly points: readonly BurnPoint[];
  readonly axisFromMs: number;
  readonly axisToMs: number;
  readonly dayTicksMs: readonly number[];
  readonly axisMaxUsd: number;
  readonly axisTicksUsd: readonly number[];
};

/**
 * Spend added up since the window's start, a point at each day's end, then now, then the way it is heading with
 * its band. A day without spend keeps the line level. Where nothing is projected the line ends now.
 */
export function prepareSpendProjection(view: ProjectionView): SpendBurn {
  const fromMs = Date.parse(view.window.from);
  const toMs = Date.parse(view.window.to);
  const points = [...spentPoints(view), ...comingPoints(view)];
  const highest = points.reduce(
    (most, { spentUsd, bandUsd }) => Math.max(most, spentUsd ?? 0, bandUsd?.[1] ?? 0),
    0,
  );
  const axisMaxUsd = highest === 0 ? 1 : highest * 1.05;
  const { starts } = calendarBuckets({ fromMs, toMs, zone: view.window.timeZone, bucket: 'day' });
  return {
    points,
    axisFromMs: fromMs,
    axisToMs: toMs,
    dayTicksMs: thin(starts),
    axisMaxUsd,
    axisTicksUsd: roundTicks(axisMaxUsd),
  };
}

const ticksMax = 8;

function thin(starts: readonly number[]): readonly number[] {
  const step = Math.ceil(starts.length / ticksMax);
  return starts.filter((_, index) => index % step === 0);
}

function spentPoints({ window, at, days, spentUsd }: ProjectionView): readonly BurnPoint[] {
  const { timeZone } = window;
  const fromMs = Date.parse(window.from);
  const nowMs = Math.min(Date.parse(at), Date.parse(window.to));
  if (nowMs <= fromMs) return [];
  const costs = new Map(days.map(({ start, costUsd }) => [Date.parse(start), parseUsd(costUsd)]));
  const spent = parseUsd(spentUsd);
  // A window that begins within a day, or long ago, has spend in no whole day that is listed.
  let sum = spent - [...costs.values()].reduce((total, cost) => total + cost, 0n);
  const { starts, edgesMs } = calendarBuckets({ fromMs, toMs: nowMs, zone: timeZone, bucket: 'day' });
  const points = [toSpentPoint(fromMs, sum, null, timeZone)];
  for (const [index, startMs] of starts.entries()) {
    const cost = costs.get(startMs) ?? 0n;
    sum += cost;
    const isLast = index === starts.length - 1;
    points.push(
      isLast
        ? toNowPoint(nowMs, spent)
        : toSpentPoint(edgesMs[index + 1] ?? nowMs, sum, { startMs, cost }, timeZone),
    );
  }
  return points;
}

type SpentDay = { readonly startMs: number; readonly cost: bigint } | null;

function toSpentPoint(atMs: number, sum: bigint, day: SpentDay, timeZone: string): BurnPoint {
  const lines = [`${formatUsd(formatPicoUsd(sum))} spent so far`];
  if (day !== null) lines.push(`${formatUsd(formatPicoUsd(day.cost))} on this day`);
  return {
    atMs,
    spentUsd: toHeight(sum),
    p50Usd: null,
    bandUsd: null,
    title: day === null ? 'Start' : `End of ${dayName(day.startMs, timeZone)}`,
    lines,
  };
}

function toNowPoint(atMs: number, spent: bigint): BurnPoint {
  const height = toHeight(spent);
  return {
    atMs,
    spentUsd: height,
    p50Usd: height,
    bandUsd: [height, height],
    title: 'Now',
    lines: [`${formatUsd(formatPicoUsd(spent))} spent so far`],
  };
}

function comingPoints({ window, projection }: ProjectionView): readonly BurnPoint[] {
  if (projection === null) return [];
  return projection.path.slice(1).map(({ at, p10Usd, p50Usd, p90Usd }) => ({
    atMs: Date.parse(at),
    spentUsd: null,
    p50Usd: Number(p50Usd),
    bandUsd: [Number(p10Usd), Number(p90Usd)] as const,
    title: `End of ${dayName(Date.parse(at) - 1, window.timeZone)}, expected`,
    lines: [formatUsd(p50Usd), `8 in 10: ${formatUsd(p10Usd)} to ${formatUsd(p90Usd)}`],
  }));
}

function toHeight(pico: bigint): number {
  return Number(pico) / 1e12;
}

function dayName(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone }).format(atMs);
}
