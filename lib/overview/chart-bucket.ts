export const chartBuckets = ['15m', 'hour', 'day', 'week', 'month'] as const;
export type ChartBucket = (typeof chartBuckets)[number];

/** More bars than this nobody tells apart, and no screen draws. */
export const barsMax = 500;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const lengthsMs = {
  '15m': hourMs / 4,
  hour: hourMs,
  day: dayMs,
  week: 7 * dayMs,
  month: 28 * dayMs,
} as const;
/** The finest that reads well: quarter hours up to 6 hours, hours up to 3 days, days up to 6 months. */
const upToMs = { '15m': 6 * hourMs, hour: 74 * hourMs, day: 184 * dayMs, week: 3 * 366 * dayMs } as const;

/** How finely a range is drawn: as it was asked for where that makes no more than `barsMax` bars. */
export function chooseBucket({ spanMs, asked }: { spanMs: number; asked: ChartBucket | null }): ChartBucket {
  if (asked !== null && spanMs <= lengthsMs[asked] * (barsMax - 2)) return asked;
  for (const bucket of ['15m', 'hour', 'day', 'week'] as const) {
    if (spanMs <= upToMs[bucket]) return bucket;
  }
  return 'month';
}
