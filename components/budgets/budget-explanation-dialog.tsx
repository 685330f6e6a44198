'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { budgetQuery } from '#lib/client/budget-query.ts';
import { BudgetExplanationView } from './budget-explanation-view.tsx';

type BudgetExplanationDialogProps = {
  /** The budget in question; null while nothing is asked. */
  readonly budget: BudgetView | null;
  readonly onClose: () => void;
};

/** Where a budget's number comes from, as far as single events and holds. */
export function BudgetExplanationDialog({ budget, onClose }: BudgetExplanationDialogProps) {
  // It stays drawn while the closed dialog fades.
  const [last, setLast] = useState<BudgetView | null>(null);
  if (budget !== null && budget !== last) setLast(budget);
  return (
    <Dialog
      isOpen={budget !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={last === null ? 'Budget' : last.name}
      note="Every figure is exact; hover over an amount to see all its digits."
    >
      {last === null ? null : <Explanation id={last.id} />}
      <div className="flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}

function Explanation({ id }: { readonly id: string }) {
  const { data, error, isFetching, refetch } = useQuery(budgetQuery(id));
  if (data !== undefined) return <BudgetExplanationView explanation={data} />;
  if (error !== null) {
    return (
      <ErrorState
        title="The explanation could not be loaded."
        error={error}
        onRetry={() => refetch()}
        isRetrying={isFetching}
      />
    );
  }
  return (
    <LoadingRegion label="Loading the explanation">
      <Skeleton className="h-72" />
    </LoadingRegion>
  );
}
