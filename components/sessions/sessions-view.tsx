'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { sessionsQuery } from '#lib/client/sessions-query.ts';
import { SessionFilters } from './session-filters.tsx';
import { SessionsEmpty } from './sessions-empty.tsx';
import { SessionsList } from './sessions-list.tsx';
import { useSessionFilter } from './use-session-filter.ts';

/** All sessions, the heaviest first by the asked measure, as many as are asked for. */
export function SessionsView() {
  const { filter, setSort, setAgent, setText } = useSessionFilter();
  const query = useInfiniteQuery(sessionsQuery(filter));
  const sessions = query.data?.pages.flatMap((page) => page.sessions);
  const isFiltered = filter.agent !== '' || filter.q !== '';
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Sessions" note="Each conversation of an agent, with its size and its spend." />
      <SessionFilters filter={filter} onSort={setSort} onAgent={setAgent} onText={setText} />
      {sessions === undefined ? (
        query.error === null ? (
          <LoadingRegion label="Loading sessions">
            <Skeleton className="h-[480px]" />
          </LoadingRegion>
        ) : (
          <ErrorState
            title="The sessions could not be loaded."
            error={query.error}
            onRetry={() => query.refetch()}
            isRetrying={query.isFetching}
          />
        )
      ) : sessions.length === 0 ? (
        <SessionsEmpty isFiltered={isFiltered} />
      ) : (
        <>
          <SessionsList sessions={sessions} sort={filter.sort} hasMore={query.hasNextPage} />
          {query.error === null ? null : (
            <ErrorState
              title="More sessions could not be loaded."
              error={query.error}
              onRetry={() => query.fetchNextPage()}
              isRetrying={query.isFetchingNextPage}
            />
          )}
          {query.hasNextPage && query.error === null ? (
            <div>
              <Button
                onClick={() => query.fetchNextPage()}
                isBusy={query.isFetchingNextPage}
                busyLabel="Loading…"
              >
                Load more
              </Button>
            </div>
          ) : null}
        </>
      )}
    </div>
  );
}
