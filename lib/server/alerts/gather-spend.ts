import 'server-only';
import type { Database } from '#db/database.ts';
import { type BudgetUse, sumBudgetSpend } from '#db/queries/sum-budget-spend.ts';
import { assert } from '#lib/assert.ts';
import type { AlertRule } from '#lib/budget/alert-rule.ts';
import type { Budget } from '#lib/budget/budget.ts';
import { type BudgetWindow, budgetWindow } from '#lib/budget/budget-window.ts';
import { bandDays } from '#lib/budget/daily-band.ts';
import { lastHours } from '#lib/budget/last-hours.ts';

export type SpendGatherer = {
  /** Of a window that was asked for. */
  sumsOf(budget: Budget, window: BudgetWindow): BudgetUse;
  /** pico-USD of the days before today, and of today, in the budget's zone. Nothing without a rule for it. */
  daysOf(budget: Budget): { readonly pastDays: readonly bigint[]; readonly today: bigint };
};

const slotsMax = 400;

/** All sums that the rules of some budgets look at, in few statements. */
export async function gatherSpend(
  db: Database,
  input: {
    readonly projectId: number;
    readonly nowMs: number;
    readonly looks: readonly { readonly budget: Budget; readonly window: BudgetWindow }[];
  },
): Promise<SpendGatherer> {
  const { projectId, nowMs, looks } = input;
  const wanted = new Map<string, { readonly budget: Budget; readonly window: BudgetWindow }>();
  for (const { budget, window } of looks) {
    const windows = [window, ...budget.rules.flatMap((rule) => windowsFor(rule, { budget, nowMs }))];
    for (const one of windows) wanted.set(keyOf(budget, one), { budget, window: one });
  }
  const entries = [...wanted];
  const uses = new Map<string, BudgetUse>();
  for (let from = 0; from < entries.length; from += slotsMax) {
    const part = entries.slice(from, from + slotsMax);
    const sums = await sumBudgetSpend(db, {
      projectId,
      slots: part.map(([, { budget, window }]) => ({
        id: budget.id,
        scope: budget.scope,
        window,
        counted: budget.countTokens,
      })),
    });
    part.forEach(([key], index) => {
      const use = sums[index];
      if (use) uses.set(key, use);
    });
  }
  const sumsOf = (budget: Budget, window: BudgetWindow) => {
    const use = uses.get(keyOf(budget, window));
    assert(use !== undefined, 'every window that is looked at was asked for');
    return use;
  };
  return {
    sumsOf,
    daysOf: (budget) => {
      if (!budget.rules.some(({ kind }) => kind === 'anomaly')) return { pastDays: [], today: 0n };
      const [today = 0n, ...pastDays] = recentDays(budget, nowMs).map((day) => spentOf(sumsOf(budget, day)));
      return { pastDays, today };
    },
  };
}

function windowsFor(
  rule: AlertRule,
  { budget, nowMs }: { readonly budget: Budget; readonly nowMs: number },
): readonly BudgetWindow[] {
  if (rule.kind === 'anomaly') return recentDays(budget, nowMs);
  return [lastHours(rule.hours, nowMs), lastHours(rule.sustainedHours, nowMs)];
}

/** Today and the days before it, the latest first. */
function recentDays(budget: Budget, nowMs: number): readonly BudgetWindow[] {
  const calendar = { period: 'day', timeZone: budget.calendar.timeZone } as const;
  const days: BudgetWindow[] = [];
  for (let atMs = nowMs; days.length <= bandDays; ) {
    const day = budgetWindow(calendar, atMs);
    if (day === null) break;
    days.push(day);
    atMs = day.startMs - 1;
  }
  return days;
}

function spentOf(use: BudgetUse): bigint {
  return use.ledgerPicoUsd + use.settledPicoUsd;
}

function keyOf(budget: Budget, { startMs, endMs }: BudgetWindow): string {
  return `${budget.id}/${startMs}/${endMs}`;
}
