import 'server-only';
import type { Database } from '#db/database.ts';
import { startOfLocal } from '#lib/time/time-zone.ts';
import type { Overview } from '#lib/usage/overview.ts';
import { totalTokens, type UsageRow, type UsageTotals } from '#lib/usage/usage-row.ts';
import { readUsage } from './read-usage.ts';
import { readSessions } from './sessions/read-sessions.ts';

const dayMs = 86_400_000;
const heaviestMax = 8;

/** The first page: the last `days` local days up to now, the same span before, and the heaviest sessions. */
export async function readOverview(
  db: Database,
  query: {
    readonly projectId: number;
    readonly timeZone: string;
    /** 1 to 366. */
    readonly days: number;
    readonly nowMs: number;
  },
): Promise<Overview> {
  const { projectId, timeZone, nowMs } = query;
  const startOfDay = (instantMs: number) => startOfLocal({ unit: 'day', zone: timeZone, instantMs });
  const todayMs = startOfDay(nowMs);
  // Noon, so that a day of 23 or 25 hours does not shift the date.
  const fromMs = startOfDay(todayMs + dayMs / 2 - (query.days - 1) * dayMs);
  const toMs = nowMs + 1;
  const range = { projectId, timeZone, fromMs, toMs };
  const [days, totals, previous, byModel, byAgent, heaviest] = await Promise.all([
    readUsage(db, { ...range, bucket: 'day', groupBy: [] }),
    readUsage(db, { ...range, bucket: 'total', groupBy: [] }),
    readUsage(db, { ...range, fromMs: fromMs - (toMs - fromMs), toMs: fromMs, bucket: 'total', groupBy: [] }),
    readUsage(db, { ...range, bucket: 'total', groupBy: ['provider', 'model'] }),
    readUsage(db, { ...range, bucket: 'total', groupBy: ['agent'] }),
    readSessions(db, {
      projectId,
      sort: 'bytes',
      agent: null,
      query: null,
      limit: heaviestMax,
      cursor: null,
    }),
  ]);
  const today = days.find((row) => Date.parse(row.start) === todayMs);
  return {
    range: { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), timeZone },
    totals: totals[0] ?? nothing,
    previous: previous[0] ?? nothing,
    today: { costUsd: today?.costUsd ?? '0', calls: today?.calls ?? 0 },
    days: days.map((row) => ({
      start: row.start,
      costUsd: row.costUsd,
      calls: row.calls,
      tokensTotal: totalTokens(row.tokens),
    })),
    byModel: byModel.map((row) => ({
      ...withTotal(row),
      provider: row.provider ?? '',
      model: row.model ?? '',
    })),
    byAgent: byAgent.map((row) => ({ ...withTotal(row), agent: row.agent ?? '' })),
    heaviestSessions: heaviest.sessions,
  };
}

function withTotal({ start: _, ...row }: UsageRow) {
  return { ...row, tokensTotal: totalTokens(row.tokens) };
}

const nothing: UsageTotals = {
  calls: 0,
  errors: 0,
  tokens: { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 },
  costUsd: '0',
  reportedCostUsd: '0',
  reportedCalls: 0,
  comparedCostUsd: '0',
  unpricedTokens: 0,
  latencyMs: { p50: null, p95: null, p99: null },
};
