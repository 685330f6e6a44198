import 'server-only';
import { randomUUID } from 'node:crypto';
import { database } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { listen } from '#db/listen.ts';
import { liveChannel, notifyLive } from '#db/queries/notify-live.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { type LiveHub, openLiveHub } from './live-hub.ts';
import { type LiveStreams, openLiveStreams } from './live-streams.ts';

export type LiveService = {
  readonly hub: LiveHub;
  readonly streams: LiveStreams;
  /** Ends the streams, then the hub. */
  close(): Promise<void>;
};

const slot = Symbol.for('plimsoll.live');
type Holder = typeof globalThis & { [slot]?: LiveService };

/**
 * The process's one registry of what is live; on globalThis for the reason given at `database()`.
 *
 * A use case that changed something says so after its commit:
 * `liveService().hub.publish(projectId, { topics: ['messages'], sessions: [sessionId] })`.
 * The browser hears it through `GET /api/live?session=<id>` (lib/client/live-changes.ts).
 */
export function liveService(): LiveService {
  const holder: Holder = globalThis;
  holder[slot] ??= openLiveService({
    db: database(),
    listenUrl: env().PLIMSOLL_DIRECT_DATABASE_URL ?? env().DATABASE_URL ?? '',
  });
  return holder[slot];
}

/** `listenUrl` goes straight to Postgres, also where the pool goes through PgBouncer. */
export function openLiveService({ db, listenUrl }: { db: Database; listenUrl: string }): LiveService {
  const onError = (cause: unknown) => log.debug('live.failed', { cause });
  const hub = openLiveHub({
    origin: randomUUID(),
    notify: (note) => notifyLive(db, note),
    listen: (ears) => listen({ ...ears, url: listenUrl, channel: liveChannel, onError }),
    onError,
  });
  const streams = openLiveStreams(hub);
  return {
    hub,
    streams,
    close: async () => {
      streams.close();
      await hub.close();
    },
  };
}
