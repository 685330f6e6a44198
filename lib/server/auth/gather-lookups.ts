import 'server-only';
import { AppError } from '#lib/errors.ts';

export type GatherOptions<Found> = {
  readonly load: (hashes: readonly string[]) => Promise<ReadonlyMap<string, Found>>;
  /** Hashes asked for in one statement. Default 256. */
  readonly batchMax?: number;
  /** Hashes waiting at most; more are refused with `overloaded`. Default 2,048. */
  readonly waitingMax?: number;
};

type Waiter<Found> = {
  readonly promise: Promise<Found | null>;
  readonly resolve: (found: Found | null) => void;
  readonly reject: (cause: unknown) => void;
};

/**
 * Looks secrets up with one statement at a time: what is asked while one runs goes into the next. However
 * many wrong keys are thrown at the server, it holds one connection and one statement for each 256 of them.
 * A lookup never joins a statement that has already begun, so that it sees every change made before it.
 */
export function gatherLookups<Found>(options: GatherOptions<Found>) {
  const { load, batchMax = 256, waitingMax = 2_048 } = options;
  const waiting = new Map<string, Waiter<Found>>();
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, batchMax);
      for (const [hash] of batch) waiting.delete(hash);
      try {
        const found = await load(batch.map(([hash]) => hash));
        for (const [hash, waiter] of batch) waiter.resolve(found.get(hash) ?? null);
      } catch (cause) {
        for (const [, waiter] of batch) waiter.reject(cause);
      }
    }
    isRunning = false;
  }

  return (hash: string): Promise<Found | null> => {
    const known = waiting.get(hash);
    if (known) return known.promise;
    if (waiting.size >= waitingMax) {
      const message = 'Too many keys are being looked up.';
      return Promise.reject(new AppError('overloaded', message, { retryAfterSeconds: 1 }));
    }
    const waiter = makeWaiter<Found>();
    waiting.set(hash, waiter);
    if (!isRunning) void run();
    return waiter.promise;
  };
}

function makeWaiter<Found>(): Waiter<Found> {
  let resolve: Waiter<Found>['resolve'] = () => undefined;
  let reject: Waiter<Found>['reject'] = () => undefined;
  const promise = new Promise<Found | null>((onFound, onFailure) => {
    resolve = onFound;
    reject = onFailure;
  });
  return { promise, resolve, reject };
}
