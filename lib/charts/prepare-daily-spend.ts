import { calendarBuckets } from '#lib/time/calendar-buckets.ts';
import type { Overview } from '#lib/usage/overview.ts';

export type DailySpendBar = {
  /** The day's first instant, RFC 3339. */
  readonly start: string;
  readonly label: string;
  /** For the bar's height only; `exactUsd` is the amount. */
  readonly costUsd: number;
  readonly exactUsd: string;
  readonly calls: number;
  /** The day is not over, so that its bar is paled. */
  readonly isUnfinished: boolean;
};

type DailySpendInput = Pick<Overview, 'range' | 'days'> & { readonly nowMs: number };

/**
 * Bars of spend a day, oldest first, one for each local day of the range: a day that the server leaves out is
 * a bar of 0, because it is known that nothing was spent. The day of `nowMs` is unfinished.
 */
export function prepareDailySpend({ range, days, nowMs }: DailySpendInput): readonly DailySpendBar[] {
  const { timeZone } = range;
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone });
  const known = new Map(days.map((day) => [Date.parse(day.start), day]));
  const { starts } = calendarBuckets({
    fromMs: Date.parse(range.from),
    toMs: Date.parse(range.to),
    zone: timeZone,
    bucket: 'day',
  });
  const today = format.format(nowMs);
  return starts.map((startMs, index) => {
    const day = known.get(startMs);
    const label = format.format(startMs);
    return {
      start: new Date(startMs).toISOString(),
      label,
      costUsd: Number(day?.costUsd ?? 0),
      exactUsd: day?.costUsd ?? '0',
      calls: day?.calls ?? 0,
      isUnfinished: index === starts.length - 1 && label === today,
    };
  });
}
