import 'server-only';
import type { Database } from '#db/database.ts';
import { findHeartbeats, heartbeatValues, insertHeartbeats } from '#db/queries/insert-heartbeats.ts';
import type { HeartbeatEvent } from '#lib/operations/heartbeat-event.ts';
import { eventKey, isKey } from '#lib/usage/event-key.ts';
import type { Dictionaries } from './dictionaries.ts';
import { idOf } from './dictionary.ts';
import { byKey, type Outcome, storeOnce } from './store-once.ts';

/** Stores heartbeats; one outcome for each, in order. */
export async function storeHeartbeats(
  items: readonly HeartbeatEvent[],
  options: { readonly db: Database; readonly dictionaries: Dictionaries; readonly projectId: number },
): Promise<readonly Outcome[]> {
  const { db, projectId, dictionaries } = options;
  const agents = await dictionaries.agents.resolve(
    projectId,
    items.map((event) => event.agent),
  );
  const rows = items.map((event) => ({
    key: eventKey(event.id),
    externalId: isKey(event.id) ? null : event.id,
    ts: event.ts,
    agentId: idOf(agents, event.agent),
    gauges: event.gauges,
  }));
  return storeOnce(rows, {
    keyOf: (row) => row.key,
    valuesOf: heartbeatValues,
    insert: (distinct) => insertHeartbeats(db, { projectId, rows: byKey(distinct) }),
    findValues: async (old) => {
      const stored = await findHeartbeats(db, { projectId, keys: old.map(({ key }) => key) });
      return new Map(stored.map(({ key, values }) => [key, values]));
    },
  });
}
