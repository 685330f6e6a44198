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

/** Batches for a store, one under way at a time: chat lines stay in the order of their file. */
export function eventQueue(store: EventStore): EventQueue {
  const total = { accepted: 0, duplicates: 0, conflicts: 0, raised: 0, rejected: 0 };
  const batches: Batch[] = [];
  let open: Batch = { events: [], actions: [] };
  let openBytes = 0;
  let underWay: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;

  function close(): void {
    if (open.events.length === 0 && open.actions.length === 0) return;
    batches.push(open);
    open = { events: [], actions: [] };
    openBytes = 0;
    underWay ??= sendAll();
  }

  async function sendAll(): Promise<void> {
    try {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) await send(batch);
    } catch (error) {
      failure = { error };
      batches.length = 0;
    } finally {
      underWay = null;
    }
  }

  async function send({ events, actions }: Batch): Promise<void> {
    if (events.length > 0) {
      const counts = await store.store(events);
      total.accepted += counts.accepted;
      total.duplicates += counts.duplicates;
      total.conflicts += counts.conflicts;
      total.raised += counts.raised;
      total.rejected += counts.rejected;
    }
    for (const action of actions) await action();
  }

  function check(): void {
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
