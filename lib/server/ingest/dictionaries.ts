import 'server-only';
import type { Database } from '#db/database.ts';
import { resolveDictionary, resolveModels, resolveSessions } from '#db/queries/resolve-names.ts';
import { type Dictionary, dictionary, largeId, smallId } from './dictionary.ts';

export type ModelName = { readonly provider: string; readonly name: string };
export type SessionName = { readonly externalId: string; readonly agentId: number; readonly ts: string };

export type Dictionaries = {
  readonly agents: Dictionary<string>;
  readonly models: Dictionary<ModelName>;
  readonly priceVersions: Dictionary<string>;
  readonly sessions: Dictionary<SessionName>;
};

/** U+0000 cannot occur in a name, so it separates the two. */
export const modelKey = (model: ModelName) => `${model.provider}\u0000${model.name}`;

/** The dictionaries of one process over one database. About 20 MB when all caches are full. */
export function openDictionaries(db: Database): Dictionaries {
  return {
    agents: namesOf(db, 'agents', 20_000),
    priceVersions: namesOf(db, 'price_versions', 5_000),
    models: dictionary<ModelName>({
      keyOf: modelKey,
      makeId: smallId,
      cacheMax: 10_000,
      store: async (projectId, proposals) => {
        const rows = await resolveModels(db, {
          projectId,
          models: proposals.map(({ entry, id }) => ({ ...entry, id })),
        });
        return rows.map((row) => ({ key: modelKey(row), id: row.id }));
      },
    }),
    sessions: dictionary<SessionName>({
      keyOf: (session) => session.externalId,
      makeId: largeId,
      cacheMax: 50_000,
      store: async (projectId, proposals) => {
        const rows = await resolveSessions(db, {
          projectId,
          sessions: proposals.map(({ entry, id }) => ({ ...entry, id })),
        });
        return rows.map((row) => ({ key: row.externalId, id: row.id }));
      },
    }),
  };
}

function namesOf(db: Database, table: 'agents' | 'price_versions', cacheMax: number): Dictionary<string> {
  return dictionary<string>({
    keyOf: (name) => name,
    makeId: smallId,
    cacheMax,
    store: async (projectId, proposals) => {
      const names = proposals.map(({ entry, id }) => ({ name: entry, id }));
      const rows = await resolveDictionary(db, { table, projectId, names });
      return rows.map((row) => ({ key: row.name, id: row.id }));
    },
  });
}
