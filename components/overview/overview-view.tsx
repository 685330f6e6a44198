'use client';

import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/ui/error-state.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { useSearchSetting } from '#components/ui/use-search-setting.ts';
import {
  isEmptyOverview,
  type OverviewDays,
  overviewDays,
  overviewQuery,
} from '#lib/client/overview-query.ts';
import { formatDayRange } from '#lib/format/format-day-range.ts';
import type { Overview } from '#lib/usage/overview.ts';
import { OverviewContent } from './overview-content.tsx';
import { OverviewEmpty } from './overview-empty.tsx';
import { OverviewSkeleton } from './overview-skeleton.tsx';

const dayOptions = overviewDays.map((days) => ({ value: `${days}` as const, label: `Last ${days} days` }));

/** What was spent, by whom and on what, and which sessions are heaviest. */
export function OverviewView() {
  const [days, setDays] = useSearchSetting({ name: 'days', parse: parseDays, fallback: '30' });
  const query = useQuery(overviewQuery(toOverviewDays(days)));
  const overview = query.data;
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Overview"
        note={overview === undefined ? <>&nbsp;</> : noteOf(overview.range)}
        actions={<SelectField label="Range" value={days} options={dayOptions} onValueChange={setDays} />}
      />
      {overview !== undefined ? (
        isEmptyOverview(overview) ? (
          <OverviewEmpty />
        ) : (
          <OverviewContent overview={overview} days={toOverviewDays(days)} />
        )
      ) : query.error !== null ? (
        <ErrorState
          title="The overview could not be loaded."
          error={query.error}
          onRetry={() => query.refetch()}
          isRetrying={query.isFetching}
        />
      ) : (
        <OverviewSkeleton />
      )}
    </div>
  );
}

function parseDays(text: string): `${OverviewDays}` | null {
  return dayOptions.find((option) => option.value === text)?.value ?? null;
}

function toOverviewDays(text: `${OverviewDays}`): OverviewDays {
  return overviewDays.find((days) => `${days}` === text) ?? 30;
}

function noteOf({ from, to, timeZone }: Overview['range']): string {
  const days = formatDayRange({ fromMs: Date.parse(from), toMs: Date.parse(to), timeZone });
  return `${days}, days of ${timeZone}`;
}
