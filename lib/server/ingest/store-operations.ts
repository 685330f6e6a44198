import 'server-only';
import type { Database } from '#db/database.ts';
import { findOperations, insertOperations, operationValues } from '#db/queries/insert-operations.ts';
import type { OperationEvent } from '#lib/operations/operation-event.ts';
import { eventKey, isKey } from '#lib/usage/event-key.ts';
import type { Dictionaries } from './dictionaries.ts';
import { idOf } from './dictionary.ts';
import { byKey, type Outcome, storeOnce } from './store-once.ts';

/** Stores operations; one outcome for each, in order. */
export async function storeOperations(
  items: readonly OperationEvent[],
  options: {
    readonly db: Database;
    readonly dictionaries: Dictionaries;
    readonly projectId: number;
    /** Ascends with each flush of this process. */
    readonly nextFlushId: () => number;
  },
): Promise<readonly Outcome[]> {
  const { db, projectId, dictionaries, nextFlushId } = options;
  const agents = await dictionaries.agents.resolve(
    projectId,
    items.map((event) => event.agent),
  );
  const sessions = await dictionaries.sessions.resolve(
    projectId,
    items.flatMap((event) =>
      event.session === null
        ? []
        : [{ externalId: event.session, agentId: idOf(agents, event.agent), ts: event.ts }],
    ),
  );
  const rows = items.map(({ type: _, id, agent, session, tsMs: __, ...event }) => ({
    ...event,
    key: eventKey(id),
    externalId: isKey(id) ? null : id,
    agentId: idOf(agents, agent),
    sessionId: session === null ? null : idOf(sessions, session),
  }));
  return storeOnce(rows, {
    keyOf: (row) => row.key,
    valuesOf: operationValues,
    insert: (distinct) => insertOperations(db, { projectId, nextFlushId, rows: byKey(distinct) }),
    findValues: async (old) => {
      const stored = await findOperations(db, { projectId, keys: old.map(({ key }) => key) });
      return new Map(stored.map(({ key, values }) => [key, values]));
    },
  });
}
