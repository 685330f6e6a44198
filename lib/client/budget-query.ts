import { queryOptions } from '@tanstack/react-query';
import { holdStates } from '#lib/budget/hold.ts';
import { budgetAnswer } from './budget-answer.ts';
import { fetchJson } from './fetch-json.ts';
import * as shape from './shape.ts';

const textOrNull = shape.nullable(shape.string);

const hold = shape.object({
  id: shape.string,
  state: shape.oneOf(holdStates),
  agent: shape.string,
  session: textOrNull,
  amountUsd: shape.string,
  costUsd: textOrNull,
  createdAt: shape.string,
  expiresAt: shape.string,
});

const answer = shape.object({
  budget: budgetAnswer,
  ledgerUsd: shape.string,
  events: shape.array(
    shape.object({
      id: shape.string,
      ts: shape.string,
      agent: shape.string,
      session: textOrNull,
      model: shape.string,
      costUsd: shape.string,
      holdId: textOrNull,
    }),
  ),
  holds: shape.array(
    shape.object({
      state: shape.oneOf(holdStates),
      count: shape.number,
      amountUsd: shape.string,
      withoutEventUsd: shape.string,
      holds: shape.array(hold),
    }),
  ),
});
export type BudgetExplanation = shape.ValueOf<typeof answer>;

/** One budget and where its number comes from. */
export function budgetQuery(id: string) {
  return queryOptions({
    queryKey: ['budgets', id],
    queryFn: ({ signal }) => fetchJson({ path: `/api/budgets/${id}`, schema: answer, signal }),
    meta: { live: ['usage', 'budgets'] },
  });
}
