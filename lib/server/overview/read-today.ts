import 'server-only';
import type { Database } from '#db/database.ts';
import type { TodaySpend } from '#lib/overview/overview.ts';
import { daysLikeToday, isWeekend, usualAmount } from '#lib/overview/usual-day.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import { startOfLocal } from '#lib/time/time-zone.ts';
import { tileRange } from '#lib/usage/tile-range.ts';
import { addSums, totalTokens, toUsageTotals } from '#lib/usage/usage-row.ts';
import { readUsageSums } from '../read-usage.ts';

/** Today so far, and what the usual day of its kind had come to by this time. One statement for all days. */
export async function readToday(
  db: Database,
  query: { readonly projectId: number; readonly timeZone: string; readonly nowMs: number },
): Promise<TodaySpend> {
  const { projectId, timeZone, nowMs } = query;
  const before = daysLikeToday({ zone: timeZone, nowMs });
  const today = {
    fromMs: startOfLocal({ unit: 'day', zone: timeZone, instantMs: nowMs }),
    toMs: nowMs + 1,
  };
  const tiles = [...before, today].flatMap(({ fromMs, toMs }, bucket) =>
    tileRange([fromMs, toMs]).map((tile) => ({ ...tile, bucket })),
  );
  const sums = await readUsageSums(db, { projectId, tiles, groupBy: [], latency: false });
  const days = [...before, today].map((_, bucket) => addSums(sums.filter((sum) => sum.bucket === bucket)));
  const totals = days.map(toUsageTotals);
  const now = totals.at(-1);
  const past = before.map((_, bucket) => bucket);
  const cost = usualAmount(past.map((bucket) => days[bucket]?.measures.cost_pico_usd ?? 0n));
  const tokens = usualAmount(
    past.map((bucket) => {
      const total = totals[bucket];
      return BigInt(total === undefined ? 0 : totalTokens(total.tokens));
    }),
  );
  return {
    costUsd: now?.costUsd ?? '0',
    tokens: now === undefined ? 0 : totalTokens(now.tokens),
    calls: now?.calls ?? 0,
    isWeekend: isWeekend(timeZone, nowMs),
    usual:
      tokens === null
        ? null
        : {
            costUsd: formatPicoUsd(cost?.amount ?? 0n),
            tokens: Number(tokens.amount),
            days: tokens.days,
          },
  };
}
