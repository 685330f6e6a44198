/**
 * An exact instant in a zone: "21 Nov 2026, 06:47:00 GMT+1". Without a zone, that of the machine it runs on.
 */
export function formatInstant({
  atMs,
  timeZone,
}: {
  readonly atMs: number;
  readonly timeZone?: string;
}): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(atMs);
}
