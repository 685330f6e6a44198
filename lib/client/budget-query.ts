import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { holdStates } from '#lib/budget/hold.ts';
import { budgetAnswer } from './budget-answer.ts';
import { fetchJson } from './fetch-json.ts';

const textOrNull = z.nullable(z.string());

const hold = z.object({
  id: z.string(),
  state: z.enum(holdStates),
  agent: z.string(),
  session: textOrNull,
  amountUsd: z.string(),
  costUsd: textOrNull,
  createdAt: z.string(),
  expiresAt: z.string(),
});

const answer = z.object({
  budget: budgetAnswer,
  ledgerUsd: z.string(),
  events: z.array(
    z.object({
      id: z.string(),
      ts: z.string(),
      agent: z.string(),
      session: textOrNull,
      model: z.string(),
      costUsd: z.string(),
      holdId: textOrNull,
    }),
  ),
  holds: z.array(
    z.object({
      state: z.enum(holdStates),
      count: z.number(),
      amountUsd: z.string(),
      withoutEventUsd: z.string(),
      holds: z.array(hold),
    }),
  ),
});
export type BudgetExplanation = z.infer<typeof answer>;

/** One budget and where its number comes from. */
export function budgetQuery(id: string) {
  return queryOptions({
    queryKey: ['budgets', id],
    queryFn: ({ signal }) => fetchJson({ path: `/api/budgets/${id}`, schema: answer, signal }),
    meta: { live: ['usage', 'budgets'] },
  });
}
