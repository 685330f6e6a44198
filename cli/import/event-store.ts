import type { ImportEvent } from '#lib/importers/log-reader.ts';
import type { DecodedItem } from '#lib/ingest/decode-batch.ts';

export type StoreCounts = {
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly raised: number;
  readonly rejected: number;
};

export type Outgoing = { readonly sent: ImportEvent; readonly decoded: DecodedItem };

/** Where events go: this machine's ledger, a server's ingest API, or nowhere. */
export type EventStore = {
  /** Settles when all of them are committed. */
  store(events: readonly Outgoing[]): Promise<StoreCounts>;
  /** Events and bytes of content in one batch. */
  readonly eventsMax: number;
  readonly bytesMax: number;
  /** Batches that may be under way at once. */
  readonly inFlightMax: number;
  close(): Promise<void>;
};
