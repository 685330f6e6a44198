import { calendarBuckets } from '#lib/time/calendar-buckets.ts';
import { startOfLocal } from '#lib/time/time-zone.ts';
import { activeDaysMin, activeDaysTrusted } from './active-days.ts';
import { elapsedShare } from './elapsed-share.ts';
import { findRunOut } from './find-run-out.ts';
import { type Band, forecastSteps } from './forecast-steps.ts';
import { measurePastError } from './measure-past-error.ts';
import type { AbsentReason, AmountAt, SpendProjection } from './spend-projection.ts';
import { type History, localWeekday, toDaySeries } from './to-day-series.ts';

const dayMs = 86_400_000;

/** A span that ends later than this is not projected. */
export const horizonDaysMax = 400;
/** What to hand over: more days of history than this change nothing, neither do more days of hours. */
export const historyDays = 120;
export const hourHistoryDays = 28;

export type ProjectionQuestion = {
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly nowMs: number;
  readonly timeZone: string;
  /** Exact, from the window's start to now. */
  readonly spent: bigint;
  /** Local days up to today (`historyDays`), each labelled with its first instant; those without spend may be left out. */
  readonly days: readonly AmountAt[];
  /** Local hours (`hourHistoryDays`); only the shape of a day is taken from them. */
  readonly hours: readonly AmountAt[];
  readonly limit?: bigint | null;
  /** From 0 up to 1; the same numbers give the same projection. */
  readonly random: () => number;
};

/**
 * Where spend will stand at the end of a window: what is spent, plus the rest of today, plus the days to come.
 *
 * An average day costs `exposureLevel`; a weekday takes its share of it (`weekdayFactors`), and of today
 * what is usual after this hour (`elapsedShare`). The band comes from residuals and from what became of
 * earlier forecasts (`forecastSteps`). Amounts are in the unit of the input. Never below `spent`, absent
 * before 3 active days, of low confidence before 14. Statistics are in doubles, as an estimate may be; what
 * is spent stays exact.
 */
export function projectSpend(question: ProjectionQuestion): SpendProjection {
  const { window, nowMs, spent, random } = question;
  const history = toDaySeries(question);
  const { basis, series } = history;
  const reason = whyAbsent(question, history);
  if (reason !== null) return { state: 'absent', reason, basis };
  const share = (atMs: number) => usualShare(question, history, atMs);
  const { amount, weekday } = history.today;
  const pieces = remainingPieces(question);
  const bands = forecastSteps({
    series,
    today: { amount: Number(amount), weekday, share: share(nowMs) },
    steps: pieces.map(({ fromMs, toMs, endsDay }) => ({
      weekday: localWeekday(fromMs, question.timeZone),
      share: (endsDay ? 1 : share(toMs)) - (fromMs === nowMs ? share(nowMs) : 0),
    })),
    random,
  });
  const now = { atMs: nowMs, p10: spent, p50: spent, p90: spent };
  const path = [now, ...bands.map((band, index) => toPoint(spent, band, pieces[index]?.toMs ?? window.toMs))];
  const { p10, p50, p90 } = path.at(-1) ?? now;
  return {
    state: 'projected',
    confidence: basis.activeDays < activeDaysTrusted ? 'low' : 'normal',
    basis,
    p10,
    p50,
    p90,
    path,
    runOut: question.limit == null ? null : findRunOut(path, question.limit),
    pastError: measurePastError(series, { horizonDays: bands.length, random }),
  };
}

function whyAbsent({ window, nowMs }: ProjectionQuestion, { basis }: History): AbsentReason | null {
  if (nowMs >= window.toMs) return 'window-over';
  if (nowMs < window.fromMs) return 'window-not-begun';
  if (window.toMs - nowMs > horizonDaysMax * dayMs) return 'window-too-long';
  return basis.activeDays < activeDaysMin ? 'few-active-days' : null;
}

function usualShare({ hours, timeZone }: ProjectionQuestion, { today }: History, atMs: number): number {
  return elapsedShare({
    hours: hours.filter(({ startMs }) => startMs < today.startMs),
    nowMs: atMs,
    timeZone,
  });
}

type Piece = { readonly fromMs: number; readonly toMs: number; readonly endsDay: boolean };

/** The rest of today, the days to come, and perhaps a part of the last one. */
function remainingPieces({ window, nowMs, timeZone }: ProjectionQuestion): readonly Piece[] {
  const { edgesMs } = calendarBuckets({ fromMs: nowMs, toMs: window.toMs, zone: timeZone, bucket: 'day' });
  const isMidnight = (atMs: number) =>
    startOfLocal({ unit: 'day', zone: timeZone, instantMs: atMs }) === atMs;
  return edgesMs.slice(0, -1).map((fromMs, index) => {
    const toMs = edgesMs[index + 1] ?? window.toMs;
    return { fromMs: fromMs, toMs, endsDay: isMidnight(toMs) };
  });
}

function toPoint(spent: bigint, band: Band, atMs: number) {
  const add = (rest: number) => spent + BigInt(Math.round(rest));
  return { atMs, p10: add(band.p10), p50: add(band.p50), p90: add(band.p90) };
}
