/** Whether the runtime knows an IANA zone by that name, for the browser: `time-zone.ts` brings its caches along. */
export function isZoneName(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    // Intl's only way to say no.
    return false;
  }
}
