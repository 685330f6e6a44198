import { z } from 'zod';
import { alertRule } from '#lib/budget/alert-rule.ts';
import { budgetPeriods } from '#lib/budget/budget-calendar.ts';
import { countedTokens } from '#lib/budget/counted-tokens.ts';
import { holdStates } from '#lib/budget/hold.ts';
import { budgetScope } from '#lib/budget/new-budget.ts';
import { holdAnswer } from './hold-answer.ts';
import { usd } from './usage-answer.ts';

const instant = z.iso.datetime();
const count = z.int().min(0);
const percent = z.number();

export const budgetPath = z.object({ id: z.guid() });

export const budgetAnswer = z.object({
  id: z.guid(),
  name: z.string(),
  scope: budgetScope,
  limitUsd: usd.nullable(),
  limitTokens: count.nullable(),
  countTokens: z.array(z.enum(countedTokens)),
  period: z.enum(budgetPeriods),
  from: instant.nullable(),
  to: instant.nullable(),
  timeZone: z.string(),
  weekStart: z.int(),
  anchorDay: z.int(),
  thresholds: z.array(z.int()),
  rules: z.array(alertRule),
  hard: z.boolean(),
  whenUnavailable: z.enum(['closed', 'open']),
  paused: z.boolean(),
  state: z.enum(['ok', 'warning', 'over', 'recovered', 'paused', 'waiting']),
  window: z.object({ start: instant, end: instant }),
  resetsAt: instant.nullable().describe('End of the window; null for a span, which does not begin anew.'),
  spentUsd: usd,
  settledUsd: usd.describe('Of `spentUsd`, what was settled while its usage event is not in the ledger yet.'),
  heldUsd: usd,
  leftUsd: z.string().nullable().describe('May be negative.'),
  spentTokens: count,
  heldTokens: count,
  leftTokens: z.int().nullable(),
  liveHolds: count,
  overrunUsd: usd.describe('By how much single calls came out above their holds.'),
  spentPercent: percent,
  heldPercent: percent,
  pacePercent: percent.describe('How much of the window is over.'),
  paceRatio: z.number().nullable(),
  runsOutAt: instant.nullable(),
  alerts: z.array(
    z.object({ id: z.guid(), rule: z.string(), firedAt: instant, state: z.enum(['firing', 'recovered']) }),
  ),
});

/** `GET /api/budgets`: the most endangered first. */
export const budgetsAnswer = z.object({ budgets: z.array(budgetAnswer) });

/** `GET /api/budgets/{id}` */
export const budgetExplanation = z.object({
  budget: budgetAnswer,
  ledgerUsd: usd,
  events: z.array(
    z.object({
      id: z.string(),
      ts: instant,
      agent: z.string(),
      session: z.string().nullable(),
      model: z.string(),
      costUsd: usd,
      holdId: z.string().nullable(),
    }),
  ),
  holds: z.array(
    z.object({
      state: z.enum(holdStates),
      count,
      amountUsd: usd,
      withoutEventUsd: usd,
      holds: z.array(holdAnswer),
    }),
  ),
});

/** `POST /api/budgets/preview` */
export const budgetPreviewAnswer = z.object({
  window: z.object({ start: instant, end: instant }),
  resetsAt: instant.nullable(),
  periods: z.array(z.object({ start: instant, end: instant, spentUsd: usd, spentTokens: count, percent })),
  testedDays: count,
  fires: z.array(z.object({ rule: z.string(), what: z.string(), at: instant })),
  firesTotal: count,
});
