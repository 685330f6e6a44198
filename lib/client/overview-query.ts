import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { fetchJson } from './fetch-json.ts';
import { sessionRow } from './session-row.ts';
import { tokenBuckets } from './token-buckets.ts';

const totals = z.object({
  costUsd: z.string(),
  unpricedTokens: z.number(),
  calls: z.number(),
  errors: z.number(),
  tokens: tokenBuckets,
});

const share = {
  calls: z.number(),
  errors: z.number(),
  costUsd: z.string(),
  reportedCostUsd: z.nullable(z.string()),
  unpricedTokens: z.number(),
  tokensTotal: z.number(),
  latencyMs: z.object({
    p50: z.nullable(z.number()),
    p95: z.nullable(z.number()),
    p99: z.nullable(z.number()),
  }),
};

const overview = z.object({
  range: z.object({ from: z.string(), to: z.string(), timeZone: z.string() }),
  totals,
  previous: totals,
  today: z.object({ costUsd: z.string(), calls: z.number() }),
  days: z.array(
    z.object({ start: z.string(), costUsd: z.string(), calls: z.number(), tokensTotal: z.number() }),
  ),
  byModel: z.array(z.object({ provider: z.string(), model: z.string(), ...share })),
  byAgent: z.array(z.object({ agent: z.string(), ...share })),
  heaviestSessions: z.array(sessionRow),
});

export type Overview = z.infer<typeof overview>;
export type UsageTotals = z.infer<typeof totals>;

export const overviewDays = [7, 30, 90] as const;

export type OverviewDays = (typeof overviewDays)[number];

/** Spend and use of the last `days` days in the project's time zone, and of as many days before. */
export function overviewQuery(days: OverviewDays) {
  return queryOptions({
    queryKey: ['overview', days],
    queryFn: ({ signal }) => fetchJson({ path: `/api/overview?days=${days}`, schema: overview, signal }),
  });
}
