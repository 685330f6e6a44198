type Span = { readonly fromMs: number; readonly toMs: number; readonly timeZone: string };

/**
 * A span whose end is excluded, as short as it can be told: whole days as "19 – 21 Nov 2026", others with the
 * time as "21 Nov, 10:00 – 14:00".
 */
export function formatSpan({ fromMs, toMs, timeZone }: Span): string {
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
  const isWholeDays = clock.format(fromMs) === '00:00' && clock.format(toMs) === '00:00';
  const day = { day: 'numeric', month: 'short', timeZone } as const;
  const format = isWholeDays
    ? new Intl.DateTimeFormat('en-GB', { ...day, year: 'numeric' })
    : new Intl.DateTimeFormat('en-GB', { ...day, hour: '2-digit', minute: '2-digit' });
  const lastMs = isWholeDays ? Math.max(fromMs, toMs - 1) : toMs;
  return format.formatRange(fromMs, lastMs).replaceAll(/\s*–\s*/g, ' – ');
}
