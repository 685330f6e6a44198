import { queryOptions } from '@tanstack/react-query';
import type { NewBudgetInput } from '#lib/budget/new-budget.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const answer = shape.object({
  window: shape.object({ start: shape.string, end: shape.string }),
  resetsAt: shape.nullable(shape.string),
  periods: shape.array(
    shape.object({
      start: shape.string,
      end: shape.string,
      spentUsd: shape.string,
      spentTokens: shape.number,
      percent: shape.number,
    }),
  ),
  testedDays: shape.number,
  fires: shape.array(shape.object({ rule: shape.string, what: shape.string, at: shape.string })),
  firesTotal: shape.number,
});
export type BudgetPreview = shape.ValueOf<typeof answer>;

/** What a budget would mean, before it is saved. */
export function budgetPreviewQuery(input: NewBudgetInput | null) {
  return queryOptions({
    queryKey: ['budget-preview', input],
    queryFn: ({ signal }) =>
      fetchJson({ path: '/api/budgets/preview', method: 'POST', body: input, schema: answer, signal }),
    enabled: input !== null,
    placeholderData: (previous) => previous,
    gcTime: 60_000,
  });
}
