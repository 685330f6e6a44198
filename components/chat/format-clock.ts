const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The time of day of a row, in the reader's zone. */
export function formatClock(ts: string): string {
  return clock.format(new Date(ts));
}
