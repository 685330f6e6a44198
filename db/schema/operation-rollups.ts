import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { code, count, instant, projectId, sum } from './columns.ts';
import { latencyLanes } from './measures.ts';

/**
 * Sums of operations by UTC bucket of `grain` minutes (15, 60 or 1440), kind and name. Sizes before and after
 * are those of operations that tell both. `latency_lanes` is the histogram of their durations.
 */
export const operationRollups = pgTable(
  'operation_rollups',
  {
    projectId: projectId(),
    grain: code('grain'),
    bucket: instant('bucket').notNull(),
    kind: code('kind'),
    name: text('name').notNull(),
    calls: count('calls'),
    errors: count('errors'),
    /** Tool calls that were answered as called too often, and from the cache. */
    limited: count('limited'),
    cached: count('cached'),
    bytesBefore: sum('bytes_before'),
    bytesAfter: sum('bytes_after'),
    tokensBefore: sum('tokens_before'),
    tokensAfter: sum('tokens_after'),
    maxMs: integer('max_ms').notNull(),
    ...latencyLanes(),
  },
  (table) => [
    check(
      'operation_rollups_numbers',
      sql`'NaN'::numeric not in (bytes_before, bytes_after, tokens_before, tokens_after, latency_lanes)`,
    ),
    // db/queries/sum-operations.ts: a range of buckets of one grain.
    primaryKey({
      name: 'operation_rollups_key',
      columns: [table.projectId, table.grain, table.bucket, table.kind, table.name],
    }),
  ],
);
