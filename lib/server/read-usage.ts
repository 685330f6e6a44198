import 'server-only';
import type { Database } from '#db/database.ts';
import { sumUsage } from '#db/queries/sum-usage.ts';
import { type BucketName, calendarBuckets } from '#lib/time/calendar-buckets.ts';
import { rollupScope, type UsageDimension } from '#lib/usage/rollup-scope.ts';
import { tileRange } from '#lib/usage/tile-range.ts';
import { toUsageRows, type UsageRow } from '#lib/usage/usage-row.ts';

export type UsageQuery = {
  readonly projectId: number;
  /** Included. */
  readonly fromMs: number;
  /** Excluded. */
  readonly toMs: number;
  readonly timeZone: string;
  readonly bucket: BucketName;
  /** 1 = Monday (default) to 7 = Sunday. */
  readonly weekStart?: number;
  readonly groupBy: readonly UsageDimension[];
  /** False answers no percentiles, in a third of the time. Default true. */
  readonly latency?: boolean;
};

/**
 * Usage by calendar bucket of a zone and by names: exact the moment an event was acknowledged. Buckets
 * without calls have no row.
 * @throws AppError `invalid_query` for a range, zone or bucket that makes no sense.
 */
export async function readUsage(db: Database, query: UsageQuery): Promise<readonly UsageRow[]> {
  const { edgesMs, starts } = calendarBuckets({
    fromMs: query.fromMs,
    toMs: query.toMs,
    zone: query.timeZone,
    bucket: query.bucket,
    weekStart: query.weekStart,
  });
  const sums = await sumUsage(db, {
    projectId: query.projectId,
    tiles: tileRange(edgesMs),
    scope: rollupScope(query.groupBy),
    by: {
      agent: query.groupBy.includes('agent'),
      model: query.groupBy.includes('model') || query.groupBy.includes('provider'),
      source: query.groupBy.includes('source'),
    },
    latency: query.latency ?? true,
  });
  return toUsageRows(sums, { starts, dimensions: query.groupBy });
}
