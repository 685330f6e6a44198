import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import { type AlertToFire, fireAlerts } from '#db/queries/fire-alerts.ts';
import { listBudgets, type StoredBudget } from '#db/queries/list-budgets.ts';
import { listStandingAlerts } from '#db/queries/list-standing-alerts.ts';
import { type AlertToRecover, recoverAlerts } from '#db/queries/recover-alerts.ts';
import { alertMessage } from '#lib/budget/alert-message.ts';
import { limitUses } from '#lib/budget/budget-view.ts';
import { type BudgetWindow, budgetWindow, currentWindow } from '#lib/budget/budget-window.ts';
import { checkAlerts } from '#lib/budget/check-alerts.ts';
import { lastHours } from '#lib/budget/last-hours.ts';
import { startOfLocal } from '#lib/time/time-zone.ts';
import { gatherSpend, type SpendGatherer } from './gather-spend.ts';

/** Events may come late: a window that is over is looked at for so long after its end. */
const lateMs = 48 * 3_600_000;
const hourMs = 3_600_000;

type Look = {
  readonly budget: StoredBudget;
  readonly window: BudgetWindow;
  readonly isCurrent: boolean;
};

/**
 * Fires what the budgets of a project call for, once for each rule and window whoever looks and however
 * often, and says of what no longer holds that it is fine again.
 * @returns how many fired and recovered
 */
export async function evaluateAlerts(
  db: Database,
  { projectId, nowMs }: { readonly projectId: number; readonly nowMs: number },
): Promise<{ readonly fired: number; readonly recovered: number }> {
  const { budgets } = await listBudgets(db, projectId);
  const looks = budgets.filter(({ paused }) => !paused).flatMap((budget) => windowsOf(budget, nowMs));
  if (looks.length === 0) return { fired: 0, recovered: 0 };
  const since = Math.min(...looks.map(({ window }) => window.startMs)) - 24 * hourMs;
  const [spend, standing] = await Promise.all([
    gatherSpend(db, { projectId, nowMs, looks }),
    listStandingAlerts(db, {
      projectId,
      budgetIds: [...new Set(looks.map(({ budget }) => budget.id))],
      since: new Date(since),
    }),
  ]);
  const states = new Map(
    standing.map((alert) => [keyOf(alert.budgetId, alert.windowStartMs, alert.rule), alert.state]),
  );
  const fire: AlertToFire[] = [];
  const recover: AlertToRecover[] = [];
  for (const look of looks) {
    for (const verdict of judge(look, { spend, nowMs })) {
      const state = states.get(keyOf(look.budget.id, verdict.windowStartsAt.getTime(), verdict.rule));
      if (verdict.isFiring && state === undefined) fire.push(toAlert(look, verdict, { spend, nowMs }));
      else if (!verdict.isFiring && state === 'firing')
        recover.push(toRecovery(look, verdict, { spend, nowMs }));
    }
  }
  const fired = await fireAlerts(db, { projectId, alerts: fire });
  return { fired: fired.length, recovered: await recoverAlerts(db, { projectId, alerts: recover }) };
}

/** The present window, and the one before while late events may still reach it. */
function windowsOf(budget: StoredBudget, nowMs: number): readonly Look[] {
  const present = currentWindow(budget.calendar, nowMs);
  if (present === null || present.startMs > nowMs) return [];
  if (present.endMs <= nowMs) {
    return nowMs - present.endMs < lateMs ? [{ budget, window: present, isCurrent: false }] : [];
  }
  const looks: Look[] = [{ budget, window: present, isCurrent: true }];
  const before = budgetWindow(budget.calendar, present.startMs - 1);
  // A new budget does not tell of windows that were over before it was made.
  if (before && nowMs - before.endMs < lateMs && budget.createdMs < before.endMs) {
    looks.push({ budget, window: before, isCurrent: false });
  }
  return looks;
}

type Verdict = { readonly rule: string; readonly isFiring: boolean; readonly windowStartsAt: Date };
type Known = { readonly spend: SpendGatherer; readonly nowMs: number };

function judge({ budget, window, isCurrent }: Look, { spend, nowMs }: Known): readonly Verdict[] {
  const limits = limitUses(budget, spend.sumsOf(budget, window));
  const day = startOfLocal({ unit: 'day', zone: budget.calendar.timeZone, instantMs: nowMs });
  const checks = checkAlerts(
    { thresholds: budget.thresholds, rules: isCurrent ? budget.rules : [] },
    {
      limits,
      spentWithin: (hours) => {
        const use = spend.sumsOf(budget, lastHours(hours, nowMs));
        return limitUses(budget, use).map(({ spent }) => spent);
      },
      ...spend.daysOf(budget),
    },
  );
  return checks.map(({ key, isFiring, per }) => ({
    rule: key,
    isFiring,
    windowStartsAt: new Date(per === 'window' ? window.startMs : day),
  }));
}

function toAlert({ budget, window }: Look, verdict: Verdict, { spend, nowMs }: Known): AlertToFire {
  const id = randomUUID();
  const use = spend.sumsOf(budget, window);
  const message = alertMessage(budget, { id, event: 'alert.fired', rule: verdict.rule, use, window, nowMs });
  return {
    id,
    budgetId: budget.id,
    windowStartsAt: verdict.windowStartsAt,
    rule: verdict.rule,
    spentPicoUsd: use.ledgerPicoUsd + use.settledPicoUsd,
    details: message,
    payload: message,
  };
}

function toRecovery({ budget, window }: Look, verdict: Verdict, { spend, nowMs }: Known): AlertToRecover {
  const use = spend.sumsOf(budget, window);
  return {
    budgetId: budget.id,
    windowStartsAt: verdict.windowStartsAt,
    rule: verdict.rule,
    payload: alertMessage(budget, {
      id: '',
      event: 'alert.recovered',
      rule: verdict.rule,
      use,
      window,
      nowMs,
    }),
  };
}

function keyOf(budgetId: string, windowStartMs: number, rule: string): string {
  return `${budgetId}/${windowStartMs}/${rule}`;
}
