import { queryOptions } from '@tanstack/react-query';
import { budgetAnswer } from './budget-answer.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const answer = shape.object({ budgets: shape.array(budgetAnswer) });
/** Holds come and expire without an event. */
const againMs = 10_000;

/** All budgets as they stand, the most endangered first. */
export const budgetsQuery = queryOptions({
  queryKey: ['budgets'],
  queryFn: async ({ signal }) => (await fetchJson({ path: '/api/budgets', schema: answer, signal })).budgets,
  // Cards that are drawn with the answer do not ask again.
  staleTime: 1_000,
  refetchInterval: againMs,
  meta: { live: ['usage', 'budgets'] },
});
