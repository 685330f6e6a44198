import 'server-only';
import { AppError } from '#lib/errors.ts';

/** A second flush is not worth its own cost for fewer items. */
const overlapMin = 8;

export type FlushQueueOptions<Item, Result> = {
  /** Stores items and answers one result for each, in their order. */
  readonly flush: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Most items of one flush. */
  readonly itemsMax: number;
  /** Most weight (bytes) of one flush. Default without limit. */
  readonly weightMax?: number;
  /** Flushes under way at once when the queue is short; one more when a sixteenth of a flush waits, or as much as the last one took. */
  readonly inFlightMin: number;
  /** Flushes under way at once when at least half a flush waits; never more. */
  readonly inFlightMax: number;
  /** From the start of one flush to that of the next at least; what comes meanwhile goes together. Default 0. */
  readonly restMs?: number;
  /** Most items that may wait; past it `add` refuses with `overloaded`. */
  readonly waitingMax: number;
};

export type FlushQueue<Item, Result> = {
  /**
   * Waits until the items' own flush is committed.
   * @throws AppError `overloaded` at once when too many items wait; whatever `flush` throws.
   */
  add(items: readonly Item[], weight?: number): Promise<readonly Result[]>;
  waiting(): number;
};

type Parcel<Item, Result> = {
  readonly items: readonly Item[];
  readonly weight: number;
  readonly resolve: (results: readonly Result[]) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Coalesces the items of many requests into few statements: while flushes are under way, what arrives waits
 * and goes with the next one. A parcel (the items of one request) is never split.
 */
export function flushQueue<Item, Result>(options: FlushQueueOptions<Item, Result>): FlushQueue<Item, Result> {
  const parcels: Parcel<Item, Result>[] = [];
  let waiting = 0;
  let inFlight = 0;
  let lastTaken = 0;
  let isPumpDue = false;
  let restUntilMs = Number.NEGATIVE_INFINITY;
  let isWakeDue = false;

  /** After all sockets that are readable now were read, so that what came together is flushed together. */
  function pumpSoon(): void {
    if (isPumpDue) return;
    isPumpDue = true;
    setImmediate(pump);
  }

  function pump(): void {
    isPumpDue = false;
    while (parcels.length > 0 && inFlight < allowed() && mayStart()) void flushNext();
  }

  /** False while the rest after the last start lasts; the pump then comes again at its end. */
  function mayStart(): boolean {
    if (options.restMs === undefined) return true;
    const leftMs = restUntilMs - performance.now();
    if (leftMs <= 0) {
      restUntilMs = performance.now() + options.restMs;
      return true;
    }
    if (!isWakeDue) setTimeout(wake, leftMs);
    isWakeDue = true;
    return false;
  }

  function wake(): void {
    isWakeDue = false;
    pumpSoon();
  }

  function allowed(): number {
    if (waiting * 2 >= options.itemsMax) return options.inFlightMax;
    // One batch is prepared while another commits. Of single events a flush should have many, so that a second
    // one starts only when as many wait as the last one took: most often all senders wait for a commit then.
    const mayOverlap = waiting * 16 >= options.itemsMax || waiting >= Math.max(lastTaken, overlapMin);
    return mayOverlap ? Math.min(options.inFlightMin + 1, options.inFlightMax) : options.inFlightMin;
  }

  async function flushNext(): Promise<void> {
    const batch = takeBatch();
    const items = batch.length === 1 ? (batch[0]?.items ?? []) : batch.flatMap((parcel) => parcel.items);
    lastTaken = items.length;
    inFlight++;
    try {
      const results = await options.flush(items);
      let start = 0;
      for (const parcel of batch) {
        parcel.resolve(results.slice(start, start + parcel.items.length));
        start += parcel.items.length;
      }
    } catch (error) {
      for (const parcel of batch) parcel.reject(error);
    } finally {
      inFlight--;
      pumpSoon();
    }
  }

  function takeBatch(): readonly Parcel<Item, Result>[] {
    let count = 0;
    let weight = 0;
    let length = 0;
    for (const parcel of parcels) {
      count += parcel.items.length;
      weight += parcel.weight;
      if (
        length > 0 &&
        (count > options.itemsMax || weight > (options.weightMax ?? Number.POSITIVE_INFINITY))
      )
        break;
      length++;
    }
    const batch = parcels.splice(0, length);
    for (const parcel of batch) waiting -= parcel.items.length;
    return batch;
  }

  return {
    add: (items, weight = 0) => {
      if (items.length === 0) return Promise.resolve([]);
      if (waiting > 0 && waiting + items.length > options.waitingMax) {
        return Promise.reject(
          new AppError('overloaded', 'Too many events are waiting to be stored. Send this batch again.', {
            retryAfterSeconds: 1,
          }),
        );
      }
      return new Promise((resolve, reject) => {
        parcels.push({ items, weight, resolve, reject });
        waiting += items.length;
        pumpSoon();
      });
    },
    waiting: () => waiting,
  };
}
