import type { ImportEvent } from '#lib/importers/log-reader.ts';
import type { EventStore } from '../event-store.ts';

export type Collector = EventStore & { readonly events: ImportEvent[] };

/** A store that keeps what it is given, in order. */
export function collector(): Collector {
  const events: ImportEvent[] = [];
  return {
    events,
    eventsMax: 3,
    bytesMax: 1_000_000,
    inFlightMax: 1,
    close: () => Promise.resolve(),
    store: (batch) => {
      events.push(...batch.map(({ sent }) => sent));
      return Promise.resolve({ accepted: batch.length, duplicates: 0, conflicts: 0, raised: 0, rejected: 0 });
    },
  };
}
