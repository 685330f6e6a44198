import 'server-only';
import { randomInt } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { ChangeTopic, ProjectChange } from '#lib/live/project-change.ts';
import type { HeartbeatEvent } from '#lib/operations/heartbeat-event.ts';
import type { OperationEvent } from '#lib/operations/operation-event.ts';
import { announceStored } from './announce-stored.ts';
import { type Dictionaries, openDictionaries } from './dictionaries.ts';
import { type FlushQueue, flushQueue } from './flush-queue.ts';
import { openNovelty } from './novelty.ts';
import { type PreparedDraft, storeDrafts } from './store-drafts.ts';
import { storeHeartbeats } from './store-heartbeats.ts';
import { type PreparedMessage, storeMessages } from './store-messages.ts';
import type { Outcome } from './store-once.ts';
import { storeOperations } from './store-operations.ts';
import { type PricedUsage, storeUsage } from './store-usage.ts';

export type ProjectLanes = {
  readonly usage: FlushQueue<PricedUsage, Outcome>;
  readonly messages: FlushQueue<PreparedMessage, Outcome>;
  readonly drafts: FlushQueue<PreparedDraft, Outcome>;
  readonly operations: FlushQueue<OperationEvent, Outcome>;
  readonly heartbeats: FlushQueue<HeartbeatEvent, Outcome>;
};

export type IngestLanes = {
  /** A project's queues: one project a statement, so that on Citus a batch goes to one shard. */
  of(projectId: number): ProjectLanes;
  readonly dictionaries: Dictionaries;
};

/** Called after a flush's commit. */
export type Announce = (projectId: number, change: ProjectChange) => void;

/** The write queues of one process. */
export function openIngestLanes(db: Database, announce: Announce = () => {}): IngestLanes {
  const dictionaries = openDictionaries(db);
  const nextFlushId = flushIds();
  const projects = new Map<number, ProjectLanes>();

  return {
    dictionaries,
    of: (projectId) => {
      const known = projects.get(projectId);
      if (known) return known;
      const store = { db, dictionaries, projectId, nextFlushId, novelty: openNovelty() };
      const told = <Item>(
        topic: ChangeTopic,
        items: readonly Item[],
        stored: Promise<readonly Outcome[]>,
        sessionOf: (item: Item) => string | null,
      ) =>
        announceStored(items, stored, {
          sessionOf,
          announce: (sessions) => announce(projectId, { topics: [topic], sessions }),
        });
      const lanes: ProjectLanes = {
        // One while little waits: 32 senders of single events then fill 15 a flush, against 8 with two.
        usage: flushQueue({
          flush: (items: readonly PricedUsage[]) =>
            told('usage', items, storeUsage(items, store), ({ event }) => event.session),
          itemsMax: 1_000,
          inFlightMin: 1,
          inFlightMax: 4,
          waitingMax: 60_000,
        }),
        // One at a time: two flushes of one session would only wait for each other's lock.
        messages: flushQueue({
          flush: (items: readonly PreparedMessage[]) =>
            told('messages', items, storeMessages(items, store), ({ event }) => event.session),
          itemsMax: 1_000,
          weightMax: 4_194_304,
          inFlightMin: 1,
          inFlightMax: 1,
          waitingMax: 10_000,
        }),
        // As often as it can be told: agents may send more, of which the newest counts.
        drafts: flushQueue({
          flush: (items: readonly PreparedDraft[]) =>
            told('drafts', items, storeDrafts(items, store), ({ event }) => event.session),
          itemsMax: 1_000,
          weightMax: 4_194_304,
          inFlightMin: 1,
          inFlightMax: 1,
          restMs: 100,
          waitingMax: 10_000,
        }),
        operations: flushQueue({
          flush: (items: readonly OperationEvent[]) =>
            told('operations', items, storeOperations(items, store), ({ session }) => session),
          itemsMax: 1_000,
          inFlightMin: 1,
          inFlightMax: 2,
          waitingMax: 10_000,
        }),
        heartbeats: flushQueue({
          flush: (items: readonly HeartbeatEvent[]) =>
            told('heartbeats', items, storeHeartbeats(items, store), () => null),
          itemsMax: 1_000,
          inFlightMin: 1,
          inFlightMax: 1,
          waitingMax: 10_000,
        }),
      };
      projects.set(projectId, lanes);
      return lanes;
    },
  };
}

/** Milliseconds since 1970 and twelve random bits, ascending in this process: replicas rarely make the same. */
function flushIds(): () => number {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Date.now() * 4_096 + randomInt(4_096));
    return last;
  };
}
