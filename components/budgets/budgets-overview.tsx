'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { lazy, Suspense, useState } from 'react';
import { buttonClassNames } from '#components/ui/button-class-names.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { budgetsQuery } from '#lib/client/budgets-query.ts';
import { BudgetCard } from './budget-card.tsx';

// Dialogs bring 20 kB of script that the overview needs only when a number is asked about.
const BudgetExplanationDialog = lazy(async () => ({
  default: (await import('./budget-explanation-dialog.tsx')).BudgetExplanationDialog,
}));

const cardsMax = 12;

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
    <Section title="Budgets" note={noteOf(budgets)} actions={<ManageLink />}>
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
          <Skeleton className="h-44" />
        </LoadingRegion>
      )}
      {wasAsked ? (
        <Suspense fallback={null}>
          <BudgetExplanationDialog budget={explained} onClose={() => setExplained(null)} />
        </Suspense>
      ) : null}
    </Section>
  );
}

function ManageLink() {
  return (
    <Link href="/settings#budgets" className={buttonClassNames({ size: 'small' })}>
      Set budgets
    </Link>
  );
}

function BudgetCards(props: {
  readonly budgets: readonly BudgetView[];
  readonly onExplain: (budget: BudgetView) => void;
}) {
  const { budgets, onExplain } = props;
  if (budgets.length === 0) {
    return (
      <p className="text-muted">
        No budget yet. A budget warns you before money is gone and, if it is hard, refuses what does not fit.
      </p>
    );
  }
  return (
    <div className="grid gap-x-8 gap-y-6 md:grid-cols-2 xl:grid-cols-3">
      {budgets.slice(0, cardsMax).map((budget) => (
        <BudgetCard key={budget.id} budget={budget} onExplain={onExplain} />
      ))}
    </div>
  );
}

function noteOf(budgets: readonly BudgetView[] | undefined) {
  if (budgets === undefined) return <>&nbsp;</>;
  if (budgets.length > cardsMax) return `The ${cardsMax} nearest to their limit of ${budgets.length}.`;
  return 'The most endangered first. The line is the limit, the dashes where the pace so far leads.';
}
