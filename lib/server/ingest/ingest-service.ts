import 'server-only';
import { database } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { env } from '#lib/env.ts';
import type { PriceOverride } from '#lib/pricing/price-override.ts';
import { liveService } from '../live/live-service.ts';
import { priceOverridesOf } from '../pricing/price-overrides-of.ts';
import { type Admission, admission } from './admission.ts';
import { type Announce, type IngestLanes, openIngestLanes } from './ingest-lanes.ts';

export type IngestService = {
  readonly db: Database;
  readonly lanes: IngestLanes;
  readonly admission: Admission;
  readonly overrides: (projectId: number) => readonly PriceOverride[] | Promise<readonly PriceOverride[]>;
  readonly redact: boolean;
};

const slot = Symbol.for('plimsoll.ingest');
type Holder = typeof globalThis & { [slot]?: IngestService };

/** The process's one ingest path; on globalThis for the reason given at `database()`. */
export function ingestService(): IngestService {
  const holder: Holder = globalThis;
  holder[slot] ??= openIngestService(database(), {
    redact: env().PLIMSOLL_REDACT === '1',
    announce: liveService().hub.publish,
  });
  return holder[slot];
}

/** Memory inside is held under 24 MiB of bodies; 400 requests may wait for 10 s. */
export function openIngestService(
  db: Database,
  { redact, announce }: { readonly redact: boolean; readonly announce?: Announce },
): IngestService {
  return {
    db,
    lanes: openIngestLanes(db, announce),
    admission: admission({ weightMax: 24 * 1_048_576, waitingMax: 400, waitMsMax: 10_000 }),
    overrides: (projectId) => priceOverridesOf(db, projectId),
    redact,
  };
}
