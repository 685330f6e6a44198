import 'server-only';
import { LRUCache } from 'lru-cache';
import type { ApiKeyGrant } from '#db/queries/find-api-keys.ts';
import { gatherLookups } from './gather-lookups.ts';

export type KeyCacheOptions = {
  readonly load: (hashes: readonly string[]) => Promise<ReadonlyMap<string, ApiKeyGrant>>;
  /** Notes that a key was used. Nobody waits for it; a failure is tried again by a later use. */
  readonly touch: (grant: ApiKeyGrant) => Promise<void>;
  readonly nowMs: () => number;
};

export type KeyCache = {
  /** What is known without asking: null is a refusal, undefined means ask `find`. */
  peek(hash: string): ApiKeyGrant | null | undefined;
  /** @throws AppError `database_unavailable`, `overloaded` */
  find(hash: string): Promise<ApiKeyGrant | null>;
  /** A key was revoked: it is refused from now on. */
  forget(hash: string): void;
};

type Entry = { readonly grant: ApiKeyGrant | null; readonly freshUntilMs: number };

/** A key revoked by another process works here for at most this long, and while the database is away too. */
const knownMs = 5_000;
/** A key made a moment ago may have been asked for just before. */
const unknownMs = 1_000;
const entriesMax = 10_000;
const touchEveryMs = 60_000;
const touchesMax = 4;

/** Remembers keys by their SHA-256, so that the hot path asks the database once in five seconds a key. */
export function keyCache(options: KeyCacheOptions): KeyCache {
  const entries = new LRUCache<string, Entry>({ max: entriesMax });
  const touchedMs = new LRUCache<string, number>({ max: entriesMax });
  const lookUp = gatherLookups({ load: options.load });
  let touching = 0;
  let revocations = 0;

  function noteUse(grant: ApiKeyGrant): void {
    const nowMs = options.nowMs();
    if (nowMs - (touchedMs.get(grant.keyId) ?? Number.NEGATIVE_INFINITY) < touchEveryMs) return;
    if (touching >= touchesMax) return;
    touchedMs.set(grant.keyId, nowMs);
    touching += 1;
    options
      .touch(grant)
      .catch(() => touchedMs.delete(grant.keyId))
      .finally(() => {
        touching -= 1;
      });
  }

  function peek(hash: string): ApiKeyGrant | null | undefined {
    const entry = entries.get(hash);
    if (entry === undefined || entry.freshUntilMs <= options.nowMs()) return undefined;
    if (entry.grant !== null) noteUse(entry.grant);
    return entry.grant;
  }

  return {
    peek,
    find: async (hash) => {
      const known = peek(hash);
      if (known !== undefined) return known;
      const revocationsBefore = revocations;
      const grant = await lookUp(hash);
      // An answer from before a revocation must not outlive it.
      if (revocations === revocationsBefore) {
        const freshUntilMs = options.nowMs() + (grant === null ? unknownMs : knownMs);
        entries.set(hash, { grant, freshUntilMs });
      }
      if (grant !== null) noteUse(grant);
      return grant;
    },
    forget: (hash) => {
      revocations += 1;
      entries.delete(hash);
    },
  };
}
