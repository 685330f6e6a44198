'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { budgetsQuery } from '#lib/client/budgets-query.ts';
import { type OverviewFilter, overviewQuery } from '#lib/client/overview-query.ts';
import { formatSpan } from '#lib/format/format-span.ts';
import type { Overview } from '#lib/overview/overview.ts';
import { OverviewContent } from './overview-content.tsx';
import { OverviewSkeleton } from './overview-skeleton.tsx';
import { RangeChooser } from './range-chooser.tsx';
import { type OverviewSettings, useOverviewSettings } from './use-overview-settings.ts';
import { ZoneChooser } from './zone-chooser.tsx';

// Drawn once in the life of an installation.
const OverviewEmpty = lazy(async () => ({
  default: (await import('./overview-empty.tsx')).OverviewEmpty,
}));

type OverviewViewProps = {
  /** Cards of other rooms, between the answer and the evidence. */
  readonly budgets?: ReactNode;
};

/** What was spent, by whom and on what, and which sessions are heaviest. */
export function OverviewView({ budgets = null }: OverviewViewProps) {
  const settings = useOverviewSettings();
  // The zone, and with it the question, is known in the browser only.
  if (settings.filter === null) {
    return (
      <div className="flex flex-col gap-3">
        <PageHeader isDense title="Overview" note={<>&nbsp;</>} actions={<Skeleton className="h-9 w-72" />} />
        <OverviewSkeleton />
      </div>
    );
  }
  return <KnownOverview filter={settings.filter} settings={settings} budgets={budgets} />;
}

type KnownOverviewProps = {
  readonly filter: OverviewFilter;
  readonly settings: OverviewSettings;
  readonly budgets: ReactNode;
};

function KnownOverview({ filter, settings, budgets }: KnownOverviewProps) {
  const query = useQuery(overviewQuery(filter));
  // Read together with the overview and drawn with it: cards that came later would push the chart down.
  const cards = useQuery(budgetsQuery);
  const overview = query.data;
  const isBehind = query.isPlaceholderData;
  return (
    <div className="flex flex-col gap-3">
      <PageHeader
        isDense
        title="Overview"
        note={overview === undefined ? <>&nbsp;</> : noteOf(overview.range)}
        actions={
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <RangeChooser filter={filter} onRangeChange={settings.setRange} />
            <ZoneChooser value={filter.timeZone} onValueChange={settings.setTimeZone} />
          </div>
        }
      />
      {query.error !== null && (overview === undefined || isBehind) ? (
        <ErrorState
          title="The overview could not be loaded."
          error={query.error}
          onRetry={() => query.refetch()}
          isRetrying={query.isFetching}
        />
      ) : overview === undefined || cards.isPending ? (
        <OverviewSkeleton />
      ) : isUntouched(overview) ? (
        <Suspense fallback={<OverviewSkeleton />}>
          <OverviewEmpty />
        </Suspense>
      ) : (
        <div
          aria-busy={isBehind}
          className={isBehind ? 'opacity-60 transition-opacity duration-[120ms]' : ''}
        >
          <OverviewContent overview={overview} settings={settings} by={filter.by} budgets={budgets} />
        </div>
      )}
    </div>
  );
}

/** Nothing was ever sent. */
function isUntouched({ hasUsage, heaviestSessions }: Overview): boolean {
  return !hasUsage && heaviestSessions.length === 0;
}

function noteOf({ from, to, timeZone }: Overview['range']): string {
  return `${formatSpan({ fromMs: Date.parse(from), toMs: Date.parse(to), timeZone })}, ${timeZone}`;
}
