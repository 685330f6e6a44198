'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { useNow } from '#components/ui/use-now.ts';
import { type Alert, alertsQuery } from '#lib/client/alerts-query.ts';
import { seeAlerts } from '#lib/client/see-alerts.ts';
import { orderAlerts } from './order-alerts.ts';

/** What fired, the latest first. Looking at it puts the badge out. */
export function AlertsView() {
  const { data, error, isFetching, refetch } = useQuery(alertsQuery);
  useSeen(data?.unseen ?? 0);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Alerts"
        note="Each fires once in a budget's window, or once a day for what is too fast or unusual."
      />
      {data !== undefined ? (
        <Feed alerts={data.alerts} />
      ) : error !== null ? (
        <ErrorState
          title="The alerts could not be loaded."
          error={error}
          onRetry={() => refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <LoadingRegion label="Loading alerts">
          <Skeleton className="h-64" />
        </LoadingRegion>
      )}
    </div>
  );
}

/** Tells the server what was seen; the badge follows with the next answer. */
function useSeen(unseen: number): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (unseen === 0) return;
    seeAlerts().then(
      () => queryClient.invalidateQueries({ queryKey: alertsQuery.queryKey }),
      () => {
        // The badge stays lit; the next visit tries again.
      },
    );
  }, [unseen, queryClient]);
}

function Feed({ alerts }: { readonly alerts: readonly Alert[] }) {
  if (alerts.length === 0) {
    return (
      <EmptyState title="Nothing has fired">
        Alerts come from budgets: at per cent of a limit, when it burns too fast, or when a day is unusual.{' '}
        <Link href="/settings#budgets" className="underline underline-offset-4">
          Set budgets and where alerts are sent
        </Link>
      </EmptyState>
    );
  }
  return (
    <ol aria-label="Alerts" className="flex flex-col">
      {orderAlerts(alerts).map((alert) => (
        <FeedItem key={alert.id} alert={alert} />
      ))}
    </ol>
  );
}

function FeedItem({ alert }: { readonly alert: Alert }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 border-b border-hairline py-3">
      <div className="min-w-0">
        <p className="font-medium">{alert.title}</p>
        <p className="text-sm text-muted">{alert.text}</p>
      </div>
      <div className="flex items-center gap-3 text-sm text-muted">
        <Sent deliveries={alert.deliveries} />
        <Standing alert={alert} />
        <RelativeTime at={alert.firedAt} />
      </div>
    </li>
  );
}

function Standing({ alert }: { readonly alert: Alert }) {
  const nowMs = useNow();
  if (alert.state === 'recovered') return <Badge>recovered</Badge>;
  if (nowMs !== null && alert.windowEndsAt !== null && Date.parse(alert.windowEndsAt) <= nowMs) {
    return <Badge>window over</Badge>;
  }
  return <Badge tone={alert.rule === 'threshold:100' ? 'over' : 'near'}>firing</Badge>;
}

function Sent({ deliveries }: { readonly deliveries: Alert['deliveries'] }) {
  const { pending, delivered, failed } = deliveries;
  if (failed > 0) return <span className="text-over-ink">{failed} not delivered</span>;
  if (pending > 0) return <span>being sent</span>;
  return delivered > 0 ? <span>sent to {delivered}</span> : null;
}
