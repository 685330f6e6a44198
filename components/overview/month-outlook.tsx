'use client';

import { useQuery } from '@tanstack/react-query';
import { SpendProjectionChart } from '#components/charts/spend-projection-chart.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { prepareSpendProjection } from '#lib/charts/prepare-spend-projection.ts';
import { projectionQuery } from '#lib/client/projection-query.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import { activeDaysTrusted } from '#lib/projection/active-days.ts';
import type { ProjectionView } from '#lib/projection/projection-view.ts';
import { describeAbsence } from './describe-absence.ts';
import { Figure } from './figure.tsx';

/** The present month: what it has cost, and where it is heading. */
export function MonthOutlook() {
  const query = useQuery(projectionQuery);
  const view = query.data;
  if (view === undefined) {
    return query.error === null ? (
      <Skeleton className="h-100 md:h-70" />
    ) : (
      <ErrorState
        title="The projection could not be loaded."
        error={query.error}
        onRetry={() => query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  return (
    // As high as its skeleton, so that what stands below does not move.
    <div className="flex min-h-100 flex-col gap-2 md:min-h-70">
      <MonthFigures view={view} />
      <div className="min-h-42 flex-1">
        <SpendProjectionChart
          burn={prepareSpendProjection(view)}
          timeZone={view.window.timeZone}
          label={labelOf(view)}
        />
      </div>
      <p className="text-xs text-muted">
        US dollars. Dashed: where it is heading; shaded: eight outcomes in ten.
      </p>
    </div>
  );
}

function MonthFigures({ view }: { readonly view: ProjectionView }) {
  const { projection } = view;
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 md:grid-cols-[1fr_1.25fr_1.5fr]">
        <Figure label="Spent so far" note={describeDays(view)}>
          <Amount usd={view.spentUsd} />
        </Figure>
        <Figure
          label="Likely at the end"
          note={projection === null ? describeAbsence(view) : 'as often above as below'}
        >
          {projection === null ? '–' : <Amount usd={projection.p50Usd} />}
        </Figure>
        <Figure label="Eight in ten" note={projection === null ? 'not known yet' : 'P10 to P90'}>
          {projection === null ? (
            '–'
          ) : (
            <>
              <Amount usd={projection.p10Usd} /> to <Amount usd={projection.p90Usd} />
            </>
          )}
        </Figure>
      </dl>
      {projection === null ? null : (
        <p className="text-xs text-muted">{describePast(view.basis, projection)}</p>
      )}
    </>
  );
}

function Amount({ usd }: { readonly usd: string }) {
  return <Tooltip exact={`${usd} USD`}>{formatUsd(usd)}</Tooltip>;
}

function labelOf({ spentUsd, projection }: ProjectionView): string {
  const spent = `Spend of this month in US dollars: ${formatUsd(spentUsd)} so far`;
  if (projection === null) return `${spent}.`;
  const { p10Usd, p50Usd, p90Usd } = projection;
  return `${spent}, likely ${formatUsd(p50Usd)} at its end, between ${formatUsd(p10Usd)} and ${formatUsd(p90Usd)}.`;
}

function describeDays({ days }: ProjectionView): string {
  return days.length === 1 ? 'on one day' : `on ${days.length} days`;
}

function describePast(
  { activeDays }: ProjectionView['basis'],
  { pastError, confidence }: NonNullable<ProjectionView['projection']>,
): string {
  const trust = confidence === 'low' ? 'Low confidence: ' : '';
  if (pastError === null)
    return `${trust === '' ? 'From' : `${trust}from`} ${activeDays} days of spend, too few to try it on the past.`;
  const ahead = pastError.horizonDays === 1 ? 'one day' : `${pastError.horizonDays} days`;
  const days = activeDays < activeDaysTrusted ? `, from ${activeDays} days of spend only` : '';
  return `${trust === '' ? 'In' : `${trust}in`} the past four weeks P50 missed by ${formatPercent(pastError.missedShare)}, ${ahead} ahead${days}.`;
}
