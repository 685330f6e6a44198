import type { Database } from '#db/database.ts';
import type { IngestEvent } from '#lib/ingest/ingest-event.ts';
import { openIngestLanes } from '../ingest/ingest-lanes.ts';
import { type IngestSummary, ingestEvents } from '../ingest-events.ts';
import { readUsage } from '../read-usage.ts';
import { decoded } from './events.ts';

export type Replica = { send(events: readonly IngestEvent[]): Promise<IngestSummary> };

/** The ingest use case over a database, as one process of several would have it. */
export function openReplica(db: Database, projectId = 1): Replica {
  const lanes = openIngestLanes(db);
  return {
    send: (events) => ingestEvents(decoded(events), { lanes, projectId, overrides: [], redact: true }),
  };
}

/** The whole ledger through the API's own read, and straight from the events, both in one snapshot each. */
export async function compareSums(db: Database, projectId = 1) {
  const [row] = await readUsage(db, {
    projectId,
    fromMs: Date.UTC(2020, 0, 1),
    toMs: Date.UTC(2030, 0, 1),
    timeZone: 'UTC',
    bucket: 'total',
    groupBy: [],
  });
  const [raw] = await db.run(
    `select count(*)::text as calls, coalesce(sum(input_tokens), 0)::text as input,
      coalesce(sum(output_tokens), 0)::text as output, coalesce(sum(cost_pico_usd), 0)::text as cost
     from usage_events where project_id = $1::int`,
    [projectId],
  );
  return {
    shown: {
      calls: String(row?.calls ?? 0),
      input: String(row?.tokens.input ?? 0),
      output: String(row?.tokens.output ?? 0),
      cost: row?.costUsd ?? '0',
    },
    raw: {
      calls: String(raw?.['calls']),
      input: String(raw?.['input']),
      output: String(raw?.['output']),
      cost: String(raw?.['cost']),
    },
  };
}
