'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { firstPageQuery } from '#lib/client/first-page-query.ts';
import { RequestError } from '#lib/client/request-error.ts';
import { sessionQuery } from '#lib/client/session-query.ts';
import { SessionContent } from './session-content.tsx';
import { SessionNote } from './session-note.tsx';

/** One session: how full, how it got there, what weighs most, and its messages. */
export function SessionView({ sessionId }: { readonly sessionId: string }) {
  const { data: session, error, isFetching, refetch } = useQuery(sessionQuery(sessionId));
  // Beside the session and not after it: the chat is long on its way when it is known where to draw it.
  const first = useQuery(firstPageQuery(sessionId));
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={sessionId}
        note={session === undefined ? <>&nbsp;</> : <SessionNote session={session} />}
      />
      {session !== undefined ? (
        <SessionContent session={session} firstPage={first.isPending ? undefined : (first.data ?? null)} />
      ) : error === null ? (
        <LoadingRegion label="Loading the session">
          <div className="flex flex-col gap-8">
            <Skeleton className="h-10" />
            <Skeleton className="h-14" />
            <Skeleton className="h-64" />
            <Skeleton className="h-96" />
          </div>
        </LoadingRegion>
      ) : isUnknown(error) ? (
        <EmptyState title="There is no session of this name">
          <p>
            It may never have been sent, or belong to another installation.{' '}
            <Link href="/sessions" className="text-accent underline underline-offset-2">
              See all sessions
            </Link>
          </p>
        </EmptyState>
      ) : (
        <ErrorState
          title="The session could not be loaded."
          error={error}
          onRetry={() => refetch()}
          isRetrying={isFetching}
        />
      )}
    </div>
  );
}

function isUnknown(error: Error): boolean {
  return error instanceof RequestError && error.code === 'not_found';
}
