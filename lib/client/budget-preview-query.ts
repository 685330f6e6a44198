import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import type { NewBudgetInput } from '#lib/budget/new-budget.ts';
import { fetchJson } from './fetch-json.ts';

const answer = z.object({
  window: z.object({ start: z.string(), end: z.string() }),
  resetsAt: z.nullable(z.string()),
  periods: z.array(
    z.object({
      start: z.string(),
      end: z.string(),
      spentUsd: z.string(),
      spentTokens: z.number(),
      percent: z.number(),
    }),
  ),
  testedDays: z.number(),
  fires: z.array(z.object({ rule: z.string(), what: z.string(), at: z.string() })),
  firesTotal: z.number(),
});
export type BudgetPreview = z.infer<typeof answer>;

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
