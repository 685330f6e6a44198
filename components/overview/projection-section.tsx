'use client';

import { useQuery } from '@tanstack/react-query';
import { SpendProjectionChart } from '#components/charts/spend-projection-chart.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Stat, StatRow } from '#components/ui/stat.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { prepareSpendProjection } from '#lib/charts/prepare-spend-projection.ts';
import { projectionQuery } from '#lib/client/projection-query.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import { activeDaysMin, activeDaysTrusted } from '#lib/projection/active-days.ts';
import type { ProjectionView } from '#lib/projection/projection-view.ts';

/** The present month: what it has cost, and where it is heading. */
export function ProjectionSection() {
  const query = useQuery(projectionQuery);
  const view = query.data;
  if (view === undefined) {
    return (
      <Section title="This month" note={<>&nbsp;</>}>
        {query.error === null ? (
          <Skeleton className="h-112 md:h-81" />
        ) : (
          <ErrorState
            title="The projection could not be loaded."
            error={query.error}
            onRetry={() => query.refetch()}
            isRetrying={query.isFetching}
          />
        )}
      </Section>
    );
  }
  return (
    <Section
      title="This month"
      note={noteOf(view)}
      actions={view.projection?.confidence === 'low' ? <Badge>Low confidence</Badge> : undefined}
    >
      {/* As high as its skeleton, so that what stands below does not move. */}
      <div className="flex min-h-112 flex-col gap-3 md:min-h-81">
        <ProjectionFigures view={view} />
        <div className="h-56">
          <SpendProjectionChart
            burn={prepareSpendProjection(view)}
            timeZone={view.window.timeZone}
            label={labelOf(view)}
          />
        </div>
      </div>
    </Section>
  );
}

function ProjectionFigures({ view }: { readonly view: ProjectionView }) {
  const { projection } = view;
  return (
    <StatRow>
      <Stat label="Spent so far" note={describeDays(view)}>
        <Amount usd={view.spentUsd} />
      </Stat>
      <Stat
        label="Likely at the end"
        note={projection === null ? describeAbsence(view) : 'as often above as below'}
      >
        {projection === null ? '–' : <Amount usd={projection.p50Usd} />}
      </Stat>
      <Stat label="Eight in ten" note={projection === null ? 'not known yet' : 'P10 to P90'}>
        {projection === null ? (
          '–'
        ) : (
          <>
            <Amount usd={projection.p10Usd} /> to <Amount usd={projection.p90Usd} />
          </>
        )}
      </Stat>
      <Stat label="Missed in the past" note={describePast(view)}>
        {projection?.pastError == null ? '–' : formatPercent(projection.pastError.missedShare)}
      </Stat>
    </StatRow>
  );
}

function Amount({ usd }: { readonly usd: string }) {
  return <Tooltip exact={`${usd} USD`}>{formatUsd(usd)}</Tooltip>;
}

function noteOf({ window }: ProjectionView): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: window.timeZone,
  });
  const first = format.format(Date.parse(window.from));
  const last = format.format(Date.parse(window.to) - 1);
  return `US dollars, ${first} to ${last}. Dashed: where spend is heading; shaded: eight outcomes in ten.`;
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

function describeAbsence({ basis }: ProjectionView): string {
  const missing = activeDaysMin - basis.activeDays;
  return missing === 1 ? 'known after one more day of spend' : `known after ${missing} more days of spend`;
}

function describePast({ projection, basis }: ProjectionView): string {
  if (projection === null) return 'nothing to compare yet';
  const { pastError } = projection;
  if (pastError === null) return `from ${basis.activeDays} days of spend`;
  const ahead = pastError.horizonDays === 1 ? 'one day' : `${pastError.horizonDays} days`;
  const trust = basis.activeDays < activeDaysTrusted ? `, ${basis.activeDays} days of spend only` : '';
  return `by P50 ${ahead} ahead, past four weeks${trust}`;
}
