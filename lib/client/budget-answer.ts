import * as z from 'zod/mini';
import { budgetPeriods } from '#lib/budget/budget-calendar.ts';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { countedTokens } from '#lib/budget/counted-tokens.ts';
import { sources } from '#lib/usage/source.ts';

const textOrNull = z.nullable(z.string());
const numberOrNull = z.nullable(z.number());
const pattern = z.optional(z.string());

const rule = z.union([
  z.object({ kind: z.literal('burn'), percent: z.number(), hours: z.number(), sustainedHours: z.number() }),
  z.object({ kind: z.literal('anomaly'), deviations: z.number() }),
]);

/** A budget as it stands. */
export const budgetAnswer = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.object({
    agent: pattern,
    model: pattern,
    provider: pattern,
    session: pattern,
    source: z.optional(z.enum(sources)),
  }),
  limitUsd: textOrNull,
  limitTokens: numberOrNull,
  countTokens: z.array(z.enum(countedTokens)),
  period: z.enum(budgetPeriods),
  from: textOrNull,
  to: textOrNull,
  timeZone: z.string(),
  weekStart: z.number(),
  anchorDay: z.number(),
  thresholds: z.array(z.number()),
  rules: z.array(rule),
  hard: z.boolean(),
  whenUnavailable: z.enum(['closed', 'open']),
  paused: z.boolean(),
  state: z.enum(['ok', 'warning', 'over', 'recovered', 'paused', 'waiting']),
  window: z.object({ start: z.string(), end: z.string() }),
  resetsAt: textOrNull,
  spentUsd: z.string(),
  settledUsd: z.string(),
  heldUsd: z.string(),
  leftUsd: textOrNull,
  spentTokens: z.number(),
  heldTokens: z.number(),
  leftTokens: numberOrNull,
  liveHolds: z.number(),
  overrunUsd: z.string(),
  spentPercent: z.number(),
  heldPercent: z.number(),
  pacePercent: z.number(),
  paceRatio: numberOrNull,
  runsOutAt: textOrNull,
  alerts: z.array(
    z.object({
      id: z.string(),
      rule: z.string(),
      firedAt: z.string(),
      state: z.enum(['firing', 'recovered']),
    }),
  ),
}) satisfies z.ZodMiniType<BudgetView>;
