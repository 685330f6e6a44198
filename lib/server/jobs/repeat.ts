import 'server-only';

export type RepeatOptions = {
  readonly name: string;
  /** Pause between the end of one run and the start of the next. */
  readonly everyMs: number;
  readonly work: (signal: AbortSignal) => Promise<unknown>;
  readonly onError: (job: string, cause: unknown) => void;
};

/** Runs work again and again, never twice at once. The answer stops it and waits for the run under way. */
export function repeat({ name, everyMs, work, onError }: RepeatOptions): () => Promise<void> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const run = async () => {
    try {
      await work(stop.signal);
    } catch (cause) {
      onError(name, cause);
    }
    schedule();
  };
  const schedule = () => {
    if (stop.signal.aborted) return;
    timer = setTimeout(() => {
      running = run();
    }, everyMs);
    timer.unref();
  };

  schedule();
  return async () => {
    stop.abort();
    clearTimeout(timer);
    await running;
  };
}
