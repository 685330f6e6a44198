export type LocalPeriod = 'day' | 'week' | 'month';

/** The window of an instant in a zone by its first day, like 2026-11-16 for a week that began on that Monday. */
export function localWindow(
  period: LocalPeriod,
  at: { readonly nowMs: number; readonly timeZone: string },
): string {
  // Canadian English writes 2026-11-21.
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: at.timeZone, dateStyle: 'short' }).format(
    at.nowMs,
  );
  if (period === 'day') return day;
  if (period === 'month') return `${day.slice(0, 7)}-01`;
  const noon = new Date(`${day}T12:00:00Z`);
  const daysSinceMonday = (noon.getUTCDay() + 6) % 7;
  return new Date(noon.getTime() - daysSinceMonday * 86_400_000).toISOString().slice(0, 10);
}
