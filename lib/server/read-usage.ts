import 'server-only';
import type { Database } from '#db/database.ts';
import { sumUsage } from '#db/queries/sum-usage.ts';
import { AppError } from '#lib/errors.ts';
import { type BucketName, calendarBuckets } from '#lib/time/calendar-buckets.ts';
import { rollupScope, type UsageDimension } from '#lib/usage/rollup-scope.ts';
import { type Tile, tileRange } from '#lib/usage/tile-range.ts';
import { toUsageRows, type UsageRow, type UsageSums } from '#lib/usage/usage-row.ts';

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
  /** More than this are refused; default 50,000, which are 20 MB of JSON. */
  readonly rowsMax?: number;
};

const usageRowsMax = 50_000;

/**
 * Usage by calendar bucket of a zone and by names: exact the moment an event was acknowledged. Buckets
 * without calls have no row.
 * @throws AppError `invalid_query` for a range, zone or bucket that makes no sense, and for too many rows.
 */
export async function readUsage(db: Database, query: UsageQuery): Promise<readonly UsageRow[]> {
  const { edgesMs, starts } = calendarBuckets({
    fromMs: query.fromMs,
    toMs: query.toMs,
    zone: query.timeZone,
    bucket: query.bucket,
    weekStart: query.weekStart,
  });
  const { projectId, groupBy, latency = true, rowsMax = usageRowsMax } = query;
  const tiles = tileRange(edgesMs);
  const sums = await readUsageSums(db, { projectId, tiles, groupBy, latency, rowsMax: rowsMax + 1 });
  if (sums.length > rowsMax) {
    const message = `The answer has more than ${rowsMax} rows; take a coarser bucket, fewer names or a shorter range`;
    throw new AppError('invalid_query', message);
  }
  return toUsageRows(sums, { starts, dimensions: groupBy });
}

export type UsageSumsQuery = {
  readonly projectId: number;
  readonly tiles: readonly Tile[];
  readonly groupBy: readonly UsageDimension[];
  readonly latency: boolean;
  /** Rows past it are left out. Default: all. */
  readonly rowsMax?: number;
};

/** Sums of tiles by names, still integers: they can be added up further. A provider comes with each model. */
export function readUsageSums(db: Database, query: UsageSumsQuery): Promise<readonly UsageSums[]> {
  const { projectId, tiles, groupBy, latency, rowsMax = null } = query;
  return sumUsage(db, {
    projectId,
    tiles,
    scope: rollupScope(groupBy),
    by: {
      agent: groupBy.includes('agent'),
      model: groupBy.includes('model') || groupBy.includes('provider'),
      source: groupBy.includes('source'),
    },
    latency,
    rowsMax,
  });
}
