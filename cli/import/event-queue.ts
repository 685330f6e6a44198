import type { EventStore, Outgoing, StoreCounts } from './event-store.ts';

export type EventQueue = {
  add(event: Outgoing, bytes: number): void;
  /** Does something when all events that were added so far are committed. */
  whenStored(action: () => Promise<void>): void;
  /** Waits until no more than one full batch waits behind the one under way. */
  drain(): Promise<void>;
  /** Waits until everything is committed, and done that waited for it. */
  settle(): Promise<void>;
  counts(): StoreCounts;
};

type Batch = { readonly events: Outgoing[]; readonly actions: (() => Promise<void>)[] };

/**
 * Batches for a store. Where it takes several at once they begin in order, which keeps chat lines in the order
 * of their file, and what waits for a batch also waits for all before it.
 */
export function eventQueue(store: EventStore): EventQueue {
  const total = { accepted: 0, duplicates: 0, conflicts: 0, raised: 0, rejected: 0 };
  const batches: Batch[] = [];
  let open: Batch = { events: [], actions: [] };
  let openBytes = 0;
  let underWay = 0;
  let last: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | null = null;

  function close(): void {
    if (open.events.length === 0 && open.actions.length === 0) return;
    batches.push(open);
    open = { events: [], actions: [] };
    openBytes = 0;
    begin();
  }

  function begin(): void {
    while (underWay < store.inFlightMax && failure === null) {
      const batch = batches.shift();
      if (batch === undefined) return;
      underWay++;
      last = finish(batch, last);
    }
  }

  async function finish({ events, actions }: Batch, before: Promise<void>): Promise<void> {
    try {
      const storing = events.length === 0 ? null : store.store(events);
      // Both are waited for, so that a failure of one is never left without a listener.
      const [stored] = await Promise.allSettled([storing, before]);
      if (stored.status === 'rejected') throw stored.reason;
      if (stored.value !== null) addCounts(stored.value);
      if (failure === null) for (const action of actions) await action();
    } catch (error) {
      failure ??= { error };
      batches.length = 0;
    } finally {
      underWay--;
      begin();
    }
  }

  function addCounts(counts: StoreCounts): void {
    total.accepted += counts.accepted;
    total.duplicates += counts.duplicates;
    total.conflicts += counts.conflicts;
    total.raised += counts.raised;
    total.rejected += counts.rejected;
  }

  /** Until this many batches or fewer wait. */
  async function wait(batchesMax: number): Promise<void> {
    while (failure === null && (batches.length > batchesMax || (batchesMax === 0 && underWay > 0)))
      await last;
    if (failure !== null) throw failure.error;
  }

  return {
    add: (event, bytes) => {
      open.events.push(event);
      openBytes += bytes;
      if (open.events.length >= store.eventsMax || openBytes >= store.bytesMax) close();
    },
    whenStored: (action) => {
      open.actions.push(action);
    },
    drain: () => wait(1),
    settle: () => {
      close();
      return wait(0);
    },
    counts: () => total,
  };
}
