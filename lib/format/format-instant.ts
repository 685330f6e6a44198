const formatsMax = 100;
/** By zone: to make one costs a hundred times what using it does. */
const formats = new Map<string | undefined, Intl.DateTimeFormat>();

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
  return formatOf(timeZone).format(atMs);
}

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  if (formats.size >= formatsMax) formats.clear();
  formats.set(timeZone, made);
  return made;
}
