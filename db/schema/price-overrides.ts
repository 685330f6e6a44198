import { sql } from 'drizzle-orm';
import { bigint, check, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, projectId } from './columns.ts';

const rate = (name: string) => bigint(name, { mode: 'bigint' });

/** The project's own dated rates, in pico-USD a token. They win over the bundled price list. */
export const priceOverrides = pgTable(
  'price_overrides',
  {
    projectId: projectId(),
    id: uuid('id').notNull(),
    provider: text('provider').notNull(),
    modelPattern: text('model_pattern').notNull(),
    inputRate: rate('input_rate').notNull(),
    cacheReadRate: rate('cache_read_rate').notNull(),
    cacheWrite5mRate: rate('cache_write_5m_rate').notNull(),
    cacheWrite1hRate: rate('cache_write_1h_rate').notNull(),
    outputRate: rate('output_rate').notNull(),
    validFrom: instant('valid_from').notNull(),
    validTo: instant('valid_to'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'price_overrides_key', columns: [table.projectId, table.id] }),
    check(
      'price_overrides_sane',
      sql`least(${table.inputRate}, ${table.cacheReadRate}, ${table.cacheWrite5mRate}, ${table.cacheWrite1hRate}, ${table.outputRate}) >= 0 and (${table.validTo} is null or ${table.validTo} > ${table.validFrom})`,
    ),
  ],
);
