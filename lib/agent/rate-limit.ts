/** A bucket that fills evenly: `callsPerMinute` at once at most, one more every `60,000 / callsPerMinute` ms. */
export class RateLimit {
  readonly #callsPerMinute: number;
  #tokens: number;
  #filledMs: number;

  constructor(options: { readonly callsPerMinute: number; readonly nowMs: number }) {
    if (!Number.isInteger(options.callsPerMinute) || options.callsPerMinute < 1) {
      throw new RangeError(
        `plimsoll ToolRunner: callsPerMinute must be a whole number of calls from 1 to 2^53, got ${options.callsPerMinute}`,
      );
    }
    this.#callsPerMinute = options.callsPerMinute;
    this.#tokens = options.callsPerMinute;
    this.#filledMs = options.nowMs;
  }

  /** Takes a call if there is one; else how long until there is. 0 = taken. */
  take(nowMs: number): number {
    const gained = ((nowMs - this.#filledMs) * this.#callsPerMinute) / 60_000;
    this.#tokens = Math.min(this.#callsPerMinute, this.#tokens + Math.max(0, gained));
    this.#filledMs = nowMs;
    // Sums of fractions fall short of 1 by some 1e-16.
    if (this.#tokens >= 1 - 1e-9) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.#tokens) * 60_000) / this.#callsPerMinute);
  }
}
