/** Full jitter over doubling delays: anything from 0 to `baseMs * 2^attempt`, at most `delayMsMax`. */
export function retryDelay(input: {
  /** 0 for the first retry. */
  readonly attempt: number;
  readonly baseMs: number;
  readonly delayMsMax: number;
  /** 0 to 1. */
  readonly random: number;
}): number {
  const ceiling = Math.min(input.delayMsMax, input.baseMs * 2 ** Math.min(input.attempt, 30));
  // Never quite 0: a server that is down must not be asked in a loop.
  return Math.max(Math.min(50, ceiling), Math.round(ceiling * input.random));
}

/** `Retry-After` in ms: seconds or a date. Null when it says nothing; at most five minutes. */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const seconds = /^\s*\d{1,9}\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isNaN(seconds) ? null : Math.min(300_000, Math.max(0, seconds));
}
