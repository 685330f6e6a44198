import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { Overview } from '#lib/usage/overview.ts';
import type { UsageTotals } from '#lib/usage/usage-row.ts';
import { fetchJson } from './fetch-json.ts';
import { sessionRow } from './session-row.ts';
import { tokenSums } from './token-sums.ts';

const milliseconds = z.nullable(z.number());

const totals = z.object({
  calls: z.number(),
  errors: z.number(),
  tokens: tokenSums,
  costUsd: z.string(),
  reportedCostUsd: z.string(),
  reportedCalls: z.number(),
  comparedCostUsd: z.string(),
  unpricedTokens: z.number(),
  latencyMs: z.object({ p50: milliseconds, p95: milliseconds, p99: milliseconds }),
}) satisfies z.ZodMiniType<UsageTotals>;

const overviewAnswer = z.object({
  range: z.object({ from: z.string(), to: z.string(), timeZone: z.string() }),
  totals,
  previous: totals,
  today: z.object({ costUsd: z.string(), calls: z.number() }),
  days: z.array(
    z.object({ start: z.string(), costUsd: z.string(), calls: z.number(), tokensTotal: z.number() }),
  ),
  byModel: z.array(z.extend(totals, { provider: z.string(), model: z.string(), tokensTotal: z.number() })),
  byAgent: z.array(z.extend(totals, { agent: z.string(), tokensTotal: z.number() })),
  heaviestSessions: z.array(sessionRow),
}) satisfies z.ZodMiniType<Overview>;

export const overviewDays = [7, 30, 90] as const;

export type OverviewDays = (typeof overviewDays)[number];

/** Spend and use of the last `days` days in the project's time zone, and of as many days before. */
export function overviewQuery(days: OverviewDays) {
  return queryOptions({
    queryKey: ['overview', days],
    queryFn: ({ signal }) =>
      fetchJson({ path: `/api/overview?days=${days}`, schema: overviewAnswer, signal }),
    meta: { live: ['usage', 'messages'] },
  });
}

/** Nothing was ever sent, as far as this range and the one before it can tell. False while it is not known. */
export function isEmptyOverview(overview: Overview | undefined): boolean {
  if (overview === undefined) return false;
  const { totals: now, previous, heaviestSessions } = overview;
  return now.calls === 0 && previous.calls === 0 && heaviestSessions.length === 0;
}
