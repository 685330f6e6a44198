type DayRange = { readonly fromMs: number; readonly toMs: number; readonly timeZone: string };

/** First and last day of a range whose end is excluded: "23 Oct – 21 Nov 2026". */
export function formatDayRange({ fromMs, toMs, timeZone }: DayRange): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone,
  });
  return format.formatRange(fromMs, Math.max(fromMs, toMs - 1)).replaceAll('\u2009', ' ');
}
