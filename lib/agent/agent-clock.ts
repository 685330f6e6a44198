/** Time as the toolkit sees it. Give your own to test without waiting. */
export type AgentClock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds from any start; only differences mean something. */
  readonly elapsed: () => number;
  /**
   * Runs once, after a while. The answer cancels it. A process that only waits for this stays alive, unless
   * it is in the background.
   */
  readonly after: (
    delayMs: number,
    run: () => void,
    options?: { readonly background?: boolean },
  ) => () => void;
  /** Runs again and again, in the background. The answer stops it. */
  readonly every: (periodMs: number, run: () => void) => () => void;
};

/** The machine's clock. */
export const systemClock: AgentClock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs, run, options) {
    const timer = setTimeout(run, delayMs);
    if (options?.background === true) timer.unref?.();
    return () => clearTimeout(timer);
  },
  every(periodMs, run) {
    const timer = setInterval(run, periodMs);
    timer.unref?.();
    return () => clearInterval(timer);
  },
};
