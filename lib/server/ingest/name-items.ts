import 'server-only';
import { assert } from '#lib/assert.ts';
import type { UsagePrice } from '#lib/pricing/price-usage.ts';
import type { UsageEvent } from '#lib/usage/usage-event.ts';
import { type Dictionaries, type ModelName, modelKey } from './dictionaries.ts';
import { idOf } from './dictionary.ts';

/** A name that occurs in a flush, once for all the items that have it; its number is filled in last. */
type Name<Entry> = { readonly entry: Entry; id: number };
type Item = { readonly event: UsageEvent; readonly price: UsagePrice };

/** The names of each item by its place; null where it has none. */
export type ItemNames = {
  readonly agents: readonly { readonly id: number }[];
  readonly models: readonly { readonly id: number }[];
  readonly requestedModels: readonly ({ readonly id: number } | null)[];
  readonly priceVersions: readonly ({ readonly id: number } | null)[];
  readonly sessions: readonly ({ readonly id: number } | null)[];
};

/**
 * Gives the names of a flush their numbers. Each item is looked at once, and only distinct names are resolved:
 * looking each one up per item and question was a tenth of the whole path.
 */
export async function nameItems(
  items: readonly Item[],
  { dictionaries, projectId }: { readonly dictionaries: Dictionaries; readonly projectId: number },
): Promise<ItemNames> {
  const agents = new Map<string, Name<string>>();
  const models = new Map<string, Map<string, Name<ModelName>>>();
  const priceVersions = new Map<string, Name<string>>();
  const sessions = new Map<string, Name<UsageEvent>>();

  const modelOf = (provider: string, name: string) => {
    const ofProvider = models.get(provider) ?? new Map<string, Name<ModelName>>();
    if (ofProvider.size === 0) models.set(provider, ofProvider);
    return ofProvider.get(name) ?? note(ofProvider, name, { provider, name });
  };
  const names = {
    agents: items.map(({ event }) => agents.get(event.agent) ?? note(agents, event.agent, event.agent)),
    models: items.map(({ event }) => modelOf(event.provider, event.model)),
    requestedModels: items.map(({ event }) =>
      event.requestedModel === null ? null : modelOf(event.provider, event.requestedModel),
    ),
    priceVersions: items.map(({ price: { priceVersion } }) =>
      priceVersion === null
        ? null
        : (priceVersions.get(priceVersion) ?? note(priceVersions, priceVersion, priceVersion)),
    ),
    sessions: items.map(({ event }) =>
      event.session === null ? null : (sessions.get(event.session) ?? note(sessions, event.session, event)),
    ),
  };

  const allModels = [...models.values()].flatMap((ofProvider) => [...ofProvider.values()]);
  const [agentIds, modelIds, versionIds] = await Promise.all([
    dictionaries.agents.resolve(projectId, [...agents.keys()]),
    dictionaries.models.resolve(
      projectId,
      allModels.map(({ entry }) => entry),
    ),
    dictionaries.priceVersions.resolve(projectId, [...priceVersions.keys()]),
  ]);
  const sessionIds = await dictionaries.sessions.resolve(
    projectId,
    [...sessions].map(([externalId, { entry }]) => ({
      externalId,
      agentId: idOf(agentIds, entry.agent),
      ts: entry.ts,
    })),
  );
  for (const [key, name] of agents) name.id = idOf(agentIds, key);
  for (const name of allModels) name.id = idOf(modelIds, modelKey(name.entry));
  for (const [key, name] of priceVersions) name.id = idOf(versionIds, key);
  for (const [key, name] of sessions) name.id = idOf(sessionIds, key);
  return names;
}

function note<Entry>(known: Map<string, Name<Entry>>, key: string, entry: Entry): Name<Entry> {
  const name = { entry, id: 0 };
  known.set(key, name);
  return name;
}

/** The number of a name that every item has. */
export function numberOf(name: { readonly id: number } | undefined): number {
  assert(name !== undefined, 'every item has its names');
  return name.id;
}
