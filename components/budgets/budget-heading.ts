import type { BudgetView } from '#lib/budget/budget-view.ts';
import type { ProjectionView } from '#lib/projection/projection-view.ts';

/** Where USD and tokens stand at the end of the window; null where nothing can be said. */
export type BudgetHeading = { readonly usd: number | null; readonly tokens: number | null };

/**
 * The likely end of the projection. Where there is none yet (before three active days), the even pace; too early
 * for that in the window's first twentieth.
 */
export function budgetHeading(
  budget: Pick<BudgetView, 'state' | 'pacePercent' | 'spentUsd' | 'spentTokens'>,
  view: Pick<ProjectionView, 'projection' | 'tokens'> | null,
): BudgetHeading {
  const { state, pacePercent } = budget;
  if (state === 'waiting') return { usd: null, tokens: null };
  const atPace = (spent: number) => (pacePercent < 5 ? null : (spent / pacePercent) * 100);
  const spentUsd = Number(budget.spentUsd);
  const likely = (p50: number | null | undefined, spent: number) =>
    p50 == null ? atPace(spent) : Math.max(p50, spent);
  return {
    usd: likely(view?.projection == null ? null : Number(view.projection.p50Usd), spentUsd),
    tokens: likely(view?.tokens?.p50, budget.spentTokens),
  };
}
