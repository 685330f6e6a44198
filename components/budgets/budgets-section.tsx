'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { budgetsQuery } from '#lib/client/budgets-query.ts';
import { BudgetDialog } from './budget-dialog.tsx';
import { BudgetsTable } from './budgets-table.tsx';
import { DeleteBudgetDialog } from './delete-budget-dialog.tsx';

/** Budgets: list, make, edit, pause, delete. */
export function BudgetsSection() {
  const [edited, setEdited] = useState<BudgetView | 'new' | null>(null);
  const [deleted, setDeleted] = useState<BudgetView | null>(null);
  return (
    <div id="budgets" className="scroll-mt-4">
      <Section
        title="Budgets"
        note="What may be spent by whom and when. A soft budget warns; a hard one refuses holds that do not fit."
        actions={
          <Button tone="main" onClick={() => setEdited('new')}>
            Create budget
          </Button>
        }
      >
        <BudgetsList onEdit={setEdited} onDelete={setDeleted} />
        <BudgetDialog edited={edited} onClose={() => setEdited(null)} />
        <DeleteBudgetDialog budget={deleted} onClose={() => setDeleted(null)} />
      </Section>
    </div>
  );
}

type BudgetsListProps = {
  readonly onEdit: (budget: BudgetView) => void;
  readonly onDelete: (budget: BudgetView) => void;
};

function BudgetsList({ onEdit, onDelete }: BudgetsListProps) {
  const { data: budgets, error, isFetching, refetch } = useQuery(budgetsQuery);
  if (budgets !== undefined) {
    if (budgets.length > 0) return <BudgetsTable budgets={budgets} onEdit={onEdit} onDelete={onDelete} />;
    return (
      <p className="text-muted">
        No budget yet. Create one, and see at once what the past would have looked like.
      </p>
    );
  }
  if (error !== null) {
    return (
      <ErrorState
        title="The budgets could not be loaded."
        error={error}
        onRetry={() => refetch()}
        isRetrying={isFetching}
      />
    );
  }
  return (
    <LoadingRegion label="Loading budgets">
      <Skeleton className="h-28" />
    </LoadingRegion>
  );
}
