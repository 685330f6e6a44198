import { customType, date, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { projectId } from './columns.ts';

/** One bit for each five minutes of a UTC day, the first at its start. */
const daySlots = customType<{ data: string }>({ dataType: () => 'bit(288)' });

/**
 * When agents were heard of: set by the statement that inserts their heartbeats, so that it is exact at any
 * instant. A bit that is set stays set, which is why two writers need not agree. Kept as long as heartbeats.
 */
export const agentDays = pgTable(
  'agent_days',
  {
    projectId: projectId(),
    day: date('day').notNull(),
    agentId: integer('agent_id').notNull(),
    slots: daySlots('slots').notNull(),
  },
  // db/queries/list-uptimes.ts and the sweep: all agents of some days.
  (table) => [primaryKey({ name: 'agent_days_key', columns: [table.projectId, table.day, table.agentId] })],
);
