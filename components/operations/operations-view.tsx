'use client';

import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { SelectField } from '#components/ui/select-field.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { useSearchSetting } from '#components/ui/use-search-setting.ts';
import { operationsDays, operationsQuery } from '#lib/client/operations-query.ts';
import { isEmptyReport } from './is-empty-report.ts';
import { OperationsContent } from './operations-content.tsx';
import { OperationsEmpty } from './operations-empty.tsx';

const options = [
  { value: '1', label: 'Last 24 hours' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
] as const;

/** What agents do besides calling models: who is alive, what was saved, what is slow. */
export function OperationsView() {
  const [value, setValue] = useSearchSetting({ name: 'days', parse: parseDays, fallback: '1' });
  const days = operationsDays.find((known) => `${known}` === value) ?? 1;
  const { data: report, error, isFetching, refetch } = useQuery(operationsQuery(days));
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Operations"
        note="What agents do besides calling models"
        actions={<SelectField label="Range" value={value} options={options} onValueChange={setValue} />}
      />
      {report !== undefined ? (
        isEmptyReport(report) ? (
          <OperationsEmpty />
        ) : (
          <OperationsContent report={report} />
        )
      ) : error !== null ? (
        <ErrorState
          title="The operations could not be loaded."
          error={error}
          onRetry={() => refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <LoadingRegion label="Loading the operations">
          <div className="flex flex-col gap-8">
            <Skeleton className="h-14" />
            <Skeleton className="h-40" />
            <Skeleton className="h-40" />
            <Skeleton className="h-64" />
          </div>
        </LoadingRegion>
      )}
    </div>
  );
}

function parseDays(text: string): (typeof options)[number]['value'] | null {
  return options.find((option) => option.value === text)?.value ?? null;
}
