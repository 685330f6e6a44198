import 'server-only';

export type RepeatOptions = {
  readonly name: string;
  /** Pause between the end of one run and the start of the next; may follow how long the run took. */
  readonly everyMs: number | ((tookMs: number) => number);
  readonly work: (signal: AbortSignal) => Promise<unknown>;
  readonly onError: (job: string, cause: unknown) => void;
};

/** Runs work again and again, never twice at once. The answer stops it and waits for the run under way. */
export function repeat({ name, everyMs, work, onError }: RepeatOptions): () => Promise<void> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const run = async () => {
    const startMs = performance.now();
    try {
      await work(stop.signal);
    } catch (cause) {
      onError(name, cause);
    }
    schedule(performance.now() - startMs);
  };
  const schedule = (tookMs: number) => {
    if (stop.signal.aborted) return;
    const pauseMs = typeof everyMs === 'number' ? everyMs : everyMs(tookMs);
    timer = setTimeout(() => {
      running = run();
    }, pauseMs);
    timer.unref();
  };

  schedule(0);
  return async () => {
    stop.abort();
    clearTimeout(timer);
    await running;
  };
}
