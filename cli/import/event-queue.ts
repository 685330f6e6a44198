import type { ImportMark, ImportMarks } from '#lib/server/import/import-marks.ts';
import type { EventStore, Outgoing, StoreCounts } from './event-store.ts';

export type EventQueue = {
  add(event: Outgoing, bytes: number): void;
  /** Remembers how far a log was read, once all events that were added so far are committed. */
  mark(path: string, mark: ImportMark): void;
  /** Waits until no more than one full batch waits behind those under way. */
  drain(): Promise<void>;
  /** Waits until everything is committed and marked. */
  settle(): Promise<void>;
  counts(): StoreCounts;
};

type Batch = { readonly events: Outgoing[]; readonly marks: Map<string, ImportMark> };

const marksMax = 500;
/** Batches that are stored while the marks of those before are still being put. */
const unmarkedMax = 4;

/**
 * Batches for a store. Where it takes several at once they begin in order, which keeps chat lines in the order
 * of their file. Marks are put in order too, behind all that was added before them, while the next batches
 * are stored already.
 */
export function eventQueue(store: EventStore, marks: Pick<ImportMarks, 'put'>): EventQueue {
  const total = { accepted: 0, duplicates: 0, conflicts: 0, raised: 0, rejected: 0 };
  const batches: Batch[] = [];
  const waiters: (() => void)[] = [];
  let open: Batch = { events: [], marks: new Map() };
  let openBytes = 0;
  let underWay = 0;
  let unmarked = 0;
  let last: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | null = null;

  function close(): void {
    if (open.events.length === 0 && open.marks.size === 0) return;
    batches.push(open);
    open = { events: [], marks: new Map() };
    openBytes = 0;
    begin();
  }

  function begin(): void {
    while (underWay < store.inFlightMax && unmarked < store.inFlightMax + unmarkedMax && failure === null) {
      const batch = batches.shift();
      if (batch === undefined) break;
      underWay++;
      unmarked++;
      last = finish(batch, storeEvents(batch), last);
    }
    for (const wake of waiters.splice(0)) wake();
  }

  /** Never rejects, and neither does `finish`: the first failure is told to whoever waits. */
  async function storeEvents({ events }: Batch): Promise<void> {
    try {
      if (events.length > 0) addCounts(await store.store(events));
    } catch (error) {
      fail(error);
    } finally {
      underWay--;
      begin();
    }
  }

  async function finish(batch: Batch, stored: Promise<void>, before: Promise<void>): Promise<void> {
    await before;
    await stored;
    try {
      if (failure === null && batch.marks.size > 0) await marks.put(batch.marks);
    } catch (error) {
      fail(error);
    } finally {
      unmarked--;
      begin();
    }
  }

  function fail(error: unknown): void {
    failure ??= { error };
    batches.length = 0;
  }

  function addCounts(counts: StoreCounts): void {
    total.accepted += counts.accepted;
    total.duplicates += counts.duplicates;
    total.conflicts += counts.conflicts;
    total.raised += counts.raised;
    total.rejected += counts.rejected;
  }

  async function waitWhile(isBusy: () => boolean): Promise<void> {
    while (failure === null && isBusy()) await new Promise<void>((resolve) => waiters.push(resolve));
    if (failure !== null) throw failure.error;
  }

  return {
    add: (event, bytes) => {
      open.events.push(event);
      openBytes += bytes;
      if (open.events.length >= store.eventsMax || openBytes >= store.bytesMax) close();
    },
    mark: (path, mark) => {
      open.marks.set(path, mark);
      if (open.marks.size >= marksMax) close();
    },
    drain: () => waitWhile(() => batches.length > 1),
    settle: () => {
      close();
      return waitWhile(() => batches.length > 0 || unmarked > 0);
    },
    counts: () => total,
  };
}
