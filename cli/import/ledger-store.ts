import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#db/database.ts';
import { AppError } from '#lib/errors.ts';
import { openIngestService } from '#lib/server/ingest/ingest-service.ts';
import { ingestEvents } from '#lib/server/ingest-events.ts';
import { openLiveService } from '#lib/server/live/live-service.ts';
import type { EventStore } from './event-store.ts';

const triesMax = 60;

/** Stores events straight into a ledger, by the ingest API's own use case. */
export function ledgerStore(
  db: Database,
  options: { readonly projectId: number; readonly redact: boolean },
): EventStore {
  const { projectId, redact } = options;
  // Open pages hear of it as they hear of what the server stores.
  const live = openLiveService({ db, listenUrl: '' });
  const service = openIngestService(db, { redact, announce: live.hub.publish });
  return {
    eventsMax: 2_000,
    bytesMax: 4_194_304,
    // One is prepared here while Postgres writes the other.
    inFlightMax: 2,
    store: async (events) => {
      const items = events.map(({ decoded }, index) => ({ ...decoded, index }));
      for (let attempt = 1; ; attempt++) {
        try {
          const overrides = await service.overrides(projectId);
          return await ingestEvents(items, { lanes: service.lanes, projectId, overrides, redact });
        } catch (error) {
          if (!isPassing(error) || attempt >= triesMax) throw error;
          await pause(1_000);
        }
      }
    },
    close: async () => {
      await live.close();
      await db.close();
    },
  };
}

function isPassing(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'overloaded' || error.code === 'database_unavailable');
}
