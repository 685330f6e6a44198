type Day = { readonly start: string; readonly costUsd: string; readonly calls: number };

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

type DailySpendInput = {
  readonly days: readonly Day[];
  readonly timeZone: string;
  readonly nowMs: number;
};

/**
 * Bars of spend a day, oldest first. A day without calls is a bar of 0: it is known that nothing was spent.
 * The last day is unfinished when `nowMs` lies in it.
 */
export function prepareDailySpend({ days, timeZone, nowMs }: DailySpendInput): readonly DailySpendBar[] {
  const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone });
  const today = format.format(nowMs);
  return days.map((day, index) => {
    const label = format.format(new Date(day.start));
    return {
      start: day.start,
      label,
      costUsd: Number(day.costUsd),
      exactUsd: day.costUsd,
      calls: day.calls,
      isUnfinished: index === days.length - 1 && label === today,
    };
  });
}
