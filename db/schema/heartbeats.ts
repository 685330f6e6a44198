import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, projectId } from './columns.ts';

/** "I am alive", with gauges. Kept for 35 days: lib/server/jobs. */
export const heartbeats = pgTable(
  'heartbeats',
  {
    projectId: projectId(),
    id: uuid('id').notNull(),
    ts: instant('ts').notNull(),
    agentId: integer('agent_id').notNull(),
    externalId: text('external_id'),
    gauges: jsonb('gauges'),
  },
  (table) => [
    primaryKey({ name: 'heartbeats_key', columns: [table.projectId, table.id] }),
    // An agent's uptime strip, and the sweep of old rows.
    index('heartbeats_by_agent').on(table.projectId, table.agentId, table.ts),
    index('heartbeats_by_time').on(table.projectId, table.ts),
    check('heartbeats_time', sql`isfinite(ts)`),
  ],
);
