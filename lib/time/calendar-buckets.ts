import { AppError } from '#lib/errors.ts';
import { findOffsetChange, instantOfLocal, startOfCivil, startOfLocal, zoneOffsetMs } from './time-zone.ts';

export const bucketNames = ['15m', 'hour', 'day', 'week', 'month', 'total'] as const;
export type BucketName = (typeof bucketNames)[number];

/** More buckets than this are refused: 20,000 quarter hours are 208 days. */
export const bucketsMax = 20_000;

const minuteMs = 60_000;
const dayMs = 86_400_000;
const yearMaxMs = Date.UTC(9990, 0, 1);

export type CalendarQuery = {
  /** Included, ms since 1970, from 1970 to the year 9989. */
  readonly fromMs: number;
  /** Excluded. */
  readonly toMs: number;
  readonly zone: string;
  readonly bucket: BucketName;
  /** 1 = Monday (default) to 7 = Sunday. */
  readonly weekStart?: number | undefined;
};

export type CalendarBuckets = {
  /** Strictly ascending; the first is `fromMs`, the last is `toMs`; bucket i is [edge i, edge i + 1). */
  readonly edgesMs: readonly number[];
  /** The label of each bucket: the instant it starts at, so of a partial first bucket `fromMs`. */
  readonly starts: readonly number[];
};

/**
 * Cuts [fromMs, toMs) where the local clock of a zone begins a new quarter hour, hour, day, week or month. The
 * first and the last bucket may be partial. Days have 23 to 25 hours where clocks change; a local day that
 * never was (Apia, 30 December 2011) has no bucket. Throws `AppError('invalid_query')` for an empty or
 * unreasonable range, an unknown zone, or more than `bucketsMax` buckets.
 */
export function calendarBuckets({
  fromMs,
  toMs,
  zone,
  bucket,
  weekStart = 1,
}: CalendarQuery): CalendarBuckets {
  assertRange({ fromMs, toMs, weekStart });
  const starts = [fromMs];
  for (const edge of localStarts({ fromMs, zone, bucket, weekStart })) {
    if (edge >= toMs) break;
    if (starts.length === bucketsMax) {
      throw new AppError(
        'invalid_query',
        `The range has more than ${bucketsMax} buckets; take a coarser one`,
      );
    }
    starts.push(edge);
  }
  return { edgesMs: [...starts, toMs], starts };
}

function assertRange({ fromMs, toMs, weekStart }: { fromMs: number; toMs: number; weekStart: number }): void {
  if (!Number.isSafeInteger(fromMs) || !Number.isSafeInteger(toMs) || fromMs < 0 || toMs > yearMaxMs) {
    throw new AppError('invalid_query', 'Expected from and to as instants between 1970 and 9989');
  }
  if (fromMs >= toMs) throw new AppError('invalid_query', 'Expected from to be before to');
  if (!Number.isInteger(weekStart) || weekStart < 1 || weekStart > 7) {
    throw new AppError('invalid_query', 'Expected weekStart from 1 (Monday) to 7 (Sunday)');
  }
}

type Walk = { fromMs: number; zone: string; bucket: BucketName; weekStart: number };

/** The bucket starts after `fromMs`, ascending, without end (but none for `total`). */
function localStarts(walk: Walk): Iterable<number> {
  switch (walk.bucket) {
    case '15m':
      return clockStarts({ ...walk, stepMs: 15 * minuteMs });
    case 'hour':
      return clockStarts({ ...walk, stepMs: 60 * minuteMs });
    case 'total':
      // Still finds out whether the zone is known.
      startOfLocal({ unit: 'day', zone: walk.zone, instantMs: walk.fromMs });
      return [];
    default:
      return dateStarts({ ...walk, unit: walk.bucket });
  }
}

/** Starts of equal steps of the local clock, and each instant within a step at which the clock is changed. */
function* clockStarts({ fromMs, zone, stepMs }: { fromMs: number; zone: string; stepMs: number }) {
  for (let atMs = fromMs; ; ) {
    const localMs = atMs + zoneOffsetMs(zone, atMs);
    const nextMs = atMs + stepMs - (((localMs % stepMs) + stepMs) % stepMs);
    atMs = findOffsetChange({ zone, afterMs: atMs, untilMs: nextMs }) ?? nextMs;
    yield atMs;
  }
}

type DateWalk = { fromMs: number; zone: string; unit: 'day' | 'week' | 'month'; weekStart: number };

function* dateStarts({ fromMs, zone, unit, weekStart }: DateWalk) {
  const localMs = fromMs + zoneOffsetMs(zone, fromMs);
  let civilMs = startOfCivil({ unit, localMs, weekStart });
  for (let lastMs = fromMs; ; ) {
    civilMs = nextCivil(unit, civilMs);
    const startMs = instantOfLocal(zone, civilMs);
    if (startMs > lastMs) yield startMs;
    lastMs = Math.max(lastMs, startMs);
  }
}

function nextCivil(unit: DateWalk['unit'], civilMs: number): number {
  if (unit !== 'month') return civilMs + (unit === 'day' ? 1 : 7) * dayMs;
  const date = new Date(civilMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
