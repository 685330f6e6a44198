import 'server-only';
import { LRUCache } from 'lru-cache';
import { AppError } from '#lib/errors.ts';

export type LoginLimit = {
  /**
   * Counts a try before it is made, so that many at once cannot slip past.
   * @returns takes the count back when the try was right
   * @throws AppError `rate_limited` with the seconds until the next minute's tries
   */
  take(client: string, nowMs: number): () => void;
};

const perClientMax = 10;
const inAllMax = 30;
const windowMs = 60_000;
const clientsMax = 1_000;

type Window = { startMs: number; tries: number };

/** Wrong tries to sign in: 10 a minute from one address, 30 a minute from all of them together. */
export function loginLimit(): LoginLimit {
  const clients = new LRUCache<string, Window>({ max: clientsMax });
  const all: Window = { startMs: Number.NEGATIVE_INFINITY, tries: 0 };

  return {
    take: (client, nowMs) => {
      const own = clients.get(client) ?? { startMs: nowMs, tries: 0 };
      clients.set(client, own);
      for (const window of [own, all]) {
        if (nowMs - window.startMs < windowMs) continue;
        window.startMs = nowMs;
        window.tries = 0;
      }
      if (own.tries >= perClientMax) throw tooMany(own, nowMs);
      if (all.tries >= inAllMax) throw tooMany(all, nowMs);
      own.tries += 1;
      all.tries += 1;
      return () => {
        own.tries -= 1;
        all.tries -= 1;
      };
    },
  };
}

function tooMany(window: Window, nowMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil((window.startMs + windowMs - nowMs) / 1_000));
  return new AppError('rate_limited', `Try again in ${retryAfterSeconds} seconds.`, { retryAfterSeconds });
}
