import { useQuery } from '@tanstack/react-query';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { budgetHeadingQuery } from '#lib/client/projection-query.ts';
import { type BudgetHeading, budgetHeading } from './budget-heading.ts';

/** Where a budget is heading: at even pace until its projection is there. */
export function useBudgetHeading(budget: BudgetView): BudgetHeading {
  const { data } = useQuery({ ...budgetHeadingQuery(budget), enabled: budget.state !== 'waiting' });
  return budgetHeading(budget, data ?? null);
}
