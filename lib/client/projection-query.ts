import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { ProjectionView } from '#lib/projection/projection-view.ts';
import { fetchJson } from './fetch-json.ts';

const projected = { p10Usd: z.string(), p50Usd: z.string(), p90Usd: z.string() };
const textOrNull = z.nullable(z.string());
const runsOut = { earliest: textOrNull, likely: textOrNull, latest: textOrNull };

const projectionAnswer = z.object({
  window: z.object({ from: z.string(), to: z.string(), timeZone: z.string() }),
  at: z.string(),
  spentUsd: z.string(),
  days: z.array(z.object({ start: z.string(), costUsd: z.string() })),
  basis: z.object({ days: z.number(), activeDays: z.number(), firstDay: textOrNull }),
  projection: z.nullable(
    z.object({
      ...projected,
      confidence: z.enum(['low', 'normal']),
      path: z.array(z.object({ at: z.string(), ...projected })),
      runsOut: z.nullable(z.object({ limitUsd: z.string(), ...runsOut })),
      pastError: z.nullable(
        z.object({
          missedShare: z.number(),
          coverage: z.number(),
          forecasts: z.number(),
          horizonDays: z.number(),
        }),
      ),
    }),
  ),
  tokens: z.nullable(
    z.object({
      limit: z.number(),
      spent: z.number(),
      p10: z.nullable(z.number()),
      p50: z.nullable(z.number()),
      p90: z.nullable(z.number()),
      runsOut: z.nullable(z.object(runsOut)),
    }),
  ),
  absentReason: z.nullable(z.enum(['few-active-days', 'window-not-begun', 'window-over', 'window-too-long'])),
}) satisfies z.ZodMiniType<ProjectionView>;

/** The present month in the project's time zone: what it has cost and where it is heading. */
export const projectionQuery = queryOptions({
  queryKey: ['projection'],
  queryFn: ({ signal }) => fetchJson({ path: '/api/projection', schema: projectionAnswer, signal }),
  meta: { live: ['usage', 'settings'] },
});

/** A budget's present window: what it has cost and where it is heading. */
export function budgetProjectionQuery(id: string) {
  return queryOptions({
    queryKey: ['projection', id],
    queryFn: ({ signal }) =>
      fetchJson({
        path: `/api/projection?budget=${encodeURIComponent(id)}`,
        schema: projectionAnswer,
        signal,
      }),
    meta: { live: ['usage', 'budgets'] },
  });
}
