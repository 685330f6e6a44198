'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { budgetsQuery } from '#lib/client/budgets-query.ts';
import { BudgetCard } from './budget-card.tsx';

// Dialogs bring 20 kB of script that the overview needs only when a number is asked about.
const BudgetExplanationDialog = lazy(async () => ({
  default: (await import('./budget-explanation-dialog.tsx')).BudgetExplanationDialog,
}));

const shownAtFirst = 3;

/** All budgets, the most endangered first. The number of each opens its explanation. */
export function BudgetsOverview() {
  const { data: budgets, error, isFetching, refetch } = useQuery(budgetsQuery);
  const [explained, setExplained] = useState<BudgetView | null>(null);
  const [wasAsked, setWasAsked] = useState(false);
  const explain = (budget: BudgetView) => {
    setExplained(budget);
    setWasAsked(true);
  };
  return (
    <>
      {budgets !== undefined ? (
        <BudgetCards budgets={budgets} onExplain={explain} />
      ) : error !== null ? (
        <ErrorState
          title="The budgets could not be loaded."
          error={error}
          onRetry={() => refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <LoadingRegion label="Loading budgets">
          <Skeleton className="h-64" />
        </LoadingRegion>
      )}
      {wasAsked ? (
        <Suspense fallback={null}>
          <BudgetExplanationDialog budget={explained} onClose={() => setExplained(null)} />
        </Suspense>
      ) : null}
    </>
  );
}

function BudgetCards(props: {
  readonly budgets: readonly BudgetView[];
  readonly onExplain: (budget: BudgetView) => void;
}) {
  const { budgets, onExplain } = props;
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? budgets : budgets.slice(0, shownAtFirst);
  return (
    <div className="flex flex-col">
      {budgets.length === 0 ? (
        <p className="pb-2 text-muted">
          No budget yet. A budget warns you before money is gone and, if it is hard, refuses what does not
          fit.
        </p>
      ) : (
        <div className="grid gap-x-8 md:grid-cols-2 xl:grid-cols-1">
          {shown.map((budget) => (
            <BudgetCard key={budget.id} budget={budget} onExplain={onExplain} />
          ))}
        </div>
      )}
      <p className="flex min-h-7 flex-wrap items-center gap-x-3 pt-1 text-xs text-muted">
        {shown.length < budgets.length ? (
          <Button tone="bare" size="small" onClick={() => setWhole(true)}>
            Show all {budgets.length}
            <span className="sr-only"> budgets</span>
          </Button>
        ) : null}
        {budgets.length === 0 ? null : 'The line is the limit, the dashes where it is heading.'}
      </p>
    </div>
  );
}
