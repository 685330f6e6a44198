import { budgetPeriods } from '#lib/budget/budget-calendar.ts';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { countedTokens } from '#lib/budget/counted-tokens.ts';
import { sources } from '#lib/usage/source.ts';
import * as shape from './shape.ts';

const textOrNull = shape.nullable(shape.string);
const numberOrNull = shape.nullable(shape.number);
const pattern = shape.optional(shape.string);

const rule = shape.either(
  shape.object({
    kind: shape.oneOf(['burn']),
    percent: shape.number,
    hours: shape.number,
    sustainedHours: shape.number,
  }),
  shape.object({ kind: shape.oneOf(['anomaly']), deviations: shape.number }),
);

/** A budget as it stands. */
export const budgetAnswer = shape.object({
  id: shape.string,
  name: shape.string,
  scope: shape.object({
    agent: pattern,
    model: pattern,
    provider: pattern,
    session: pattern,
    source: shape.optional(shape.oneOf(sources)),
  }),
  limitUsd: textOrNull,
  limitTokens: numberOrNull,
  countTokens: shape.array(shape.oneOf(countedTokens)),
  period: shape.oneOf(budgetPeriods),
  from: textOrNull,
  to: textOrNull,
  timeZone: shape.string,
  weekStart: shape.number,
  anchorDay: shape.number,
  thresholds: shape.array(shape.number),
  rules: shape.array(rule),
  hard: shape.boolean,
  whenUnavailable: shape.oneOf(['closed', 'open']),
  paused: shape.boolean,
  state: shape.oneOf(['ok', 'warning', 'over', 'recovered', 'paused', 'waiting']),
  window: shape.object({ start: shape.string, end: shape.string }),
  resetsAt: textOrNull,
  spentUsd: shape.string,
  settledUsd: shape.string,
  heldUsd: shape.string,
  leftUsd: textOrNull,
  spentTokens: shape.number,
  heldTokens: shape.number,
  leftTokens: numberOrNull,
  liveHolds: shape.number,
  overrunUsd: shape.string,
  spentPercent: shape.number,
  heldPercent: shape.number,
  pacePercent: shape.number,
  paceRatio: numberOrNull,
  runsOutAt: textOrNull,
  alerts: shape.array(
    shape.object({
      id: shape.string,
      rule: shape.string,
      firedAt: shape.string,
      state: shape.oneOf(['firing', 'recovered']),
    }),
  ),
}) satisfies shape.Shape<BudgetView>;
