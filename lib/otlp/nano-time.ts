/** Nanoseconds since 1970 as RFC 3339 to the microsecond; a text that is no time when there is none. */
export function nanoToIso(nano: bigint): string {
  const ms = Number(nano / 1_000_000n);
  // Past the year 9999 there is no RFC 3339, and none of our events.
  if (ms > 253_402_300_799_999) return 'after the year 9999';
  const micros = String((nano / 1_000n) % 1_000n).padStart(3, '0');
  return new Date(ms).toISOString().replace('Z', `${micros}Z`);
}

/** Milliseconds between two instants, or null when they make no sense together. */
export function nanoElapsedMs(startNano: bigint, endNano: bigint): number | null {
  if (startNano === 0n || endNano < startNano) return null;
  return Number((endNano - startNano) / 1_000n) / 1_000;
}
