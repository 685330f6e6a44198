import type postgres from 'postgres';
import { type ConnectOptions, connect } from './connect.ts';

/** Probe every 250 ms while anything waits; 1.4 s without an answer is "away", so that callers hear it within 2 s. */
const probeEveryMs = 250;
const probeLimitMs = 1_400;
const tickMs = 100;

export type WatchOptions = {
  readonly options: ConnectOptions;
  /** Probing stops when nothing waits and the server was last seen up. */
  readonly isNeeded: () => boolean;
  readonly onAway: (cause: unknown) => void;
  readonly onUp: () => void;
};

/**
 * Tells a slow statement from a dead server: asks `select 1` on a connection of its own while queries wait.
 * `wake()` is cheap and called for each query.
 */
export function watchDatabase(watch: WatchOptions): { wake(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let probe: postgres.Sql | undefined;

  const schedule = (delayMs: number) => {
    if (stopped || timer !== undefined) return;
    timer = setTimeout(() => void tick(), delayMs);
    timer.unref();
  };

  const tick = async () => {
    if (!watch.isNeeded()) {
      timer = undefined;
      return;
    }
    try {
      probe ??= connect({ ...watch.options, connectionsMax: 1, prepare: false });
      await withLimit(probe.unsafe('select 1'));
      watch.onUp();
    } catch (cause) {
      probe?.end({ timeout: 0 }).catch(() => undefined);
      probe = undefined;
      if (!stopped) watch.onAway(cause);
    }
    timer = undefined;
    schedule(probeEveryMs);
  };

  return {
    wake: () => schedule(probeEveryMs),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      probe?.end({ timeout: 0 }).catch(() => undefined);
    },
  };
}

/**
 * The limit is counted in ticks, not by the clock: while this process itself is too busy to read an answer,
 * no tick passes either, and a busy app is not taken for a dead database.
 */
function withLimit<T>(work: PromiseLike<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks++;
      if (ticks * tickMs < probeLimitMs) return;
      clearInterval(timer);
      reject(new Error(`No answer within ${probeLimitMs} ms`));
    }, tickMs);
    work.then(
      (value) => {
        clearInterval(timer);
        resolve(value);
      },
      (error) => {
        clearInterval(timer);
        reject(error);
      },
    );
  });
}
