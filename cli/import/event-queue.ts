import type { EventStore, Outgoing, StoreCounts } from './event-store.ts';

export type EventQueue = {
  add(event: Outgoing, bytes: number): void;
  /** Waits until no more than one full batch waits behind the one under way. */
  drain(): Promise<void>;
  /** Waits until everything is committed. */
  settle(): Promise<void>;
  counts(): StoreCounts;
};

/** Batches for a store, one under way at a time: chat lines stay in the order of their file. */
export function eventQueue(store: EventStore): EventQueue {
  const total = { accepted: 0, duplicates: 0, conflicts: 0, raised: 0, rejected: 0 };
  const batches: Outgoing[][] = [];
  let open: Outgoing[] = [];
  let openBytes = 0;
  let underWay: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;

  function close(): void {
    if (open.length === 0) return;
    batches.push(open);
    open = [];
    openBytes = 0;
    underWay ??= sendAll();
  }

  async function sendAll(): Promise<void> {
    try {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        const counts = await store.store(batch);
        total.accepted += counts.accepted;
        total.duplicates += counts.duplicates;
        total.conflicts += counts.conflicts;
        total.raised += counts.raised;
        total.rejected += counts.rejected;
      }
    } catch (error) {
      failure = { error };
      batches.length = 0;
    } finally {
      underWay = null;
    }
  }

  function check(): void {
    if (failure !== null) throw failure.error;
  }

  return {
    add: (event, bytes) => {
      open.push(event);
      openBytes += bytes;
      if (open.length >= store.eventsMax || openBytes >= store.bytesMax) close();
    },
    drain: async () => {
      while (batches.length > 1 && underWay !== null) await underWay;
      check();
    },
    settle: async () => {
      close();
      while (underWay !== null) await underWay;
      check();
    },
    counts: () => total,
  };
}
