import { queryOptions } from '@tanstack/react-query';
import type { ProjectionView } from '#lib/projection/projection-view.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const projected = { p10Usd: shape.string, p50Usd: shape.string, p90Usd: shape.string };
const textOrNull = shape.nullable(shape.string);
const runsOut = { earliest: textOrNull, likely: textOrNull, latest: textOrNull };

const projectionAnswer = shape.object({
  window: shape.object({ from: shape.string, to: shape.string, timeZone: shape.string }),
  at: shape.string,
  spentUsd: shape.string,
  days: shape.array(shape.object({ start: shape.string, costUsd: shape.string })),
  basis: shape.object({ days: shape.number, activeDays: shape.number, firstDay: textOrNull }),
  projection: shape.nullable(
    shape.object({
      ...projected,
      confidence: shape.oneOf(['low', 'normal']),
      path: shape.array(shape.object({ at: shape.string, ...projected })),
      runsOut: shape.nullable(shape.object({ limitUsd: shape.string, ...runsOut })),
      pastError: shape.nullable(
        shape.object({
          missedShare: shape.number,
          coverage: shape.number,
          forecasts: shape.number,
          horizonDays: shape.number,
        }),
      ),
    }),
  ),
  tokens: shape.nullable(
    shape.object({
      limit: shape.number,
      spent: shape.number,
      p10: shape.nullable(shape.number),
      p50: shape.nullable(shape.number),
      p90: shape.nullable(shape.number),
      runsOut: shape.nullable(shape.object(runsOut)),
    }),
  ),
  absentReason: shape.nullable(
    shape.oneOf(['few-active-days', 'window-not-begun', 'window-over', 'window-too-long']),
  ),
}) satisfies shape.Shape<ProjectionView>;

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
    queryFn: ({ signal }) => fetchBudgetProjection(id, signal),
    meta: { live: ['usage', 'budgets'] },
  });
}

const minuteMs = 60_000;

/** The same for many budgets side by side: not read again with each call, which hardly moves it. */
export function budgetHeadingQuery({
  id,
  window,
}: {
  readonly id: string;
  readonly window: { readonly start: string };
}) {
  return queryOptions({
    queryKey: ['budget-heading', id, window.start],
    queryFn: ({ signal }) => fetchBudgetProjection(id, signal),
    staleTime: minuteMs,
    refetchInterval: 5 * minuteMs,
  });
}

function fetchBudgetProjection(id: string, signal: AbortSignal): Promise<ProjectionView> {
  const path = `/api/projection?budget=${encodeURIComponent(id)}`;
  return fetchJson({ path, schema: projectionAnswer, signal });
}
