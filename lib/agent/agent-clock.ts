/** Time as the toolkit sees it. Give your own to test without waiting. */
export type AgentClock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds from any start; only differences mean something. */
  readonly elapsed: () => number;
  /** Runs once, after a while. The answer cancels it. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Runs again and again. The answer stops it. */
  readonly every: (periodMs: number, run: () => void) => () => void;
};

/** The machine's clock. Its timers never keep a process alive. */
export const systemClock: AgentClock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref?.();
    return () => clearTimeout(timer);
  },
  every(periodMs, run) {
    const timer = setInterval(run, periodMs);
    timer.unref?.();
    return () => clearInterval(timer);
  },
};
