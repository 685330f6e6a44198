'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { useToast } from '#components/ui/use-toast.ts';
import { type AlertTarget, alertTargetsQuery } from '#lib/client/alert-targets-query.ts';
import { deleteAlertTarget, testAlertTarget } from '#lib/client/change-alert-target.ts';
import { AlertTargetDialog } from './alert-target-dialog.tsx';

/** Where alerts are sent, besides the feed. */
export function AlertTargetsSection() {
  const [isCreating, setIsCreating] = useState(false);
  return (
    <Section
      id="alert-targets"
      title="Alert targets"
      note="Alerts always stand in the feed. They can also be posted to a webhook, signed, or to a Slack-compatible address."
      actions={<Button onClick={() => setIsCreating(true)}>Add target</Button>}
    >
      <Targets />
      <AlertTargetDialog isOpen={isCreating} onClose={() => setIsCreating(false)} />
    </Section>
  );
}

function Targets() {
  const { data: targets, error, isFetching, refetch } = useQuery(alertTargetsQuery);
  if (targets !== undefined) {
    if (targets.length === 0) return <p className="text-muted">No target yet.</p>;
    return (
      <Table label="Alert targets">
        <thead>
          <tr>
            <HeaderCell>Name</HeaderCell>
            <HeaderCell isWide>Last message</HeaderCell>
            <HeaderCell isWide align="end">
              <span className="sr-only">Actions</span>
            </HeaderCell>
          </tr>
        </thead>
        <tbody>
          {targets.map((target) => (
            <TargetRow key={target.id} target={target} />
          ))}
        </tbody>
      </Table>
    );
  }
  if (error !== null) {
    return (
      <ErrorState
        title="The targets could not be loaded."
        error={error}
        onRetry={() => refetch()}
        isRetrying={isFetching}
      />
    );
  }
  return (
    <LoadingRegion label="Loading alert targets">
      <Skeleton className="h-16" />
    </LoadingRegion>
  );
}

function TargetRow({ target }: { readonly target: AlertTarget }) {
  const queryClient = useQueryClient();
  const showToast = useToast();
  const reload = () => queryClient.invalidateQueries({ queryKey: alertTargetsQuery.queryKey });
  const test = useMutation({
    mutationFn: testAlertTarget,
    onSuccess: async () => {
      await reload();
      showToast('A test message is on its way.');
    },
    onError: (error) => showToast(error.message),
  });
  const remove = useMutation({
    mutationFn: deleteAlertTarget,
    onSuccess: async () => {
      await reload();
      showToast(`“${target.name}” is removed.`);
    },
    onError: (error) => showToast(error.message),
  });
  // Beside the figures, or under them at phone width.
  const actions = (
    <>
      <Button
        size="small"
        aria-label={`Test ${target.name}`}
        isBusy={test.isPending}
        onClick={() => test.mutate(target.id)}
      >
        Test
      </Button>
      <Button
        size="small"
        aria-label={`Remove ${target.name}`}
        isBusy={remove.isPending}
        onClick={() => remove.mutate(target.id)}
      >
        Remove
      </Button>
    </>
  );
  return (
    <tr>
      <RowHeader>
        <span className="block truncate font-medium">{target.name}</span>
        <span className="block truncate text-xs text-muted" title={target.url}>
          {target.kind}, {target.url}
        </span>
        <span className="block text-xs md:hidden">
          <Last target={target} />
        </span>
        <span className="flex gap-2 pt-2 md:hidden">{actions}</span>
      </RowHeader>
      <Cell isWide>
        <Last target={target} />
      </Cell>
      <Cell isWide align="end">
        <span className="flex justify-end gap-2">{actions}</span>
      </Cell>
    </tr>
  );
}

const words = {
  pending: 'being sent',
  delivered: 'delivered',
  failing: 'failing, tried again',
  failed: 'given up',
};

function Last({ target }: { readonly target: AlertTarget }) {
  const { last } = target;
  if (last === null) return <span className="text-muted">none yet</span>;
  const isBad = last.state === 'failing' || last.state === 'failed';
  return (
    <span className={isBad ? 'text-over-ink' : ''}>
      {words[last.state]} <RelativeTime at={last.at} />
      {isBad && last.error !== null ? <span className="block text-xs">{last.error}</span> : null}
    </span>
  );
}
