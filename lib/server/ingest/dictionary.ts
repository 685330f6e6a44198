import 'server-only';
import { randomInt } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { assert } from '#lib/assert.ts';

const triesMax = 8;

export type Dictionary<Entry> = {
  /** The ids of all entries by `keyOf`, asking the database only for those not seen lately. */
  resolve(
    projectId: number,
    entries: readonly Entry[],
  ): ReadonlyMap<string, number> | Promise<ReadonlyMap<string, number>>;
};

export type DictionaryOptions<Entry> = {
  readonly keyOf: (entry: Entry) => string;
  /** Proposes ids for new entries and answers the ids in force; may leave out what another writer just added. */
  readonly store: (
    projectId: number,
    entries: readonly { readonly entry: Entry; readonly id: number }[],
  ) => Promise<readonly { readonly key: string; readonly id: number }[]>;
  readonly makeId: () => number;
  /** Entries kept in memory. */
  readonly cacheMax: number;
};

/** Names to integers. New ids are random, because a distributed table cannot have a sequence of its own. */
export function dictionary<Entry>(options: DictionaryOptions<Entry>): Dictionary<Entry> {
  const cache = new LRUCache<string, number>({ max: options.cacheMax });

  async function add(
    projectId: number,
    { found, missing }: { readonly found: Map<string, number>; readonly missing: Map<string, Entry> },
  ): Promise<ReadonlyMap<string, number>> {
    for (let attempt = 0; missing.size > 0; attempt++) {
      assert(attempt < triesMax, 'a new name gets its id within a few tries');
      const proposals = [...missing.values()].map((entry) => ({ entry, id: options.makeId() }));
      for (const { key, id } of await options.store(projectId, proposals)) {
        cache.set(`${projectId}/${key}`, id);
        found.set(key, id);
        missing.delete(key);
      }
    }
    return found;
  }

  return {
    resolve: (projectId, entries) => {
      const found = new Map<string, number>();
      const missing = new Map<string, Entry>();
      for (const entry of entries) {
        const key = options.keyOf(entry);
        if (found.has(key) || missing.has(key)) continue;
        const id = cache.get(`${projectId}/${key}`);
        if (id === undefined) missing.set(key, entry);
        else found.set(key, id);
      }
      return missing.size === 0 ? found : add(projectId, { found, missing });
    },
  };
}

/** The id of a name that was among the resolved entries. */
export function idOf(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key);
  assert(id !== undefined, 'every resolved name has an id');
  return id;
}

/** A random positive id for an int4 column. */
export const smallId = () => randomInt(1, 2 ** 31);

/** A random positive id that a JavaScript number holds exactly. */
export const largeId = () => randomInt(1, 2 ** 31) * 2 ** 21 + randomInt(0, 2 ** 21);
