import type { EventStore } from './event-store.ts';

/** The store of a dry run, which is never given an event. */
export const nowhere: EventStore = {
  eventsMax: 1_000,
  bytesMax: 4_194_304,
  inFlightMax: 1,
  store: () => Promise.resolve({ accepted: 0, duplicates: 0, conflicts: 0, raised: 0, rejected: 0 }),
  close: () => Promise.resolve(),
};
