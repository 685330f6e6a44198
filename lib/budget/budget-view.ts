import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { Budget } from './budget.ts';
import { type BudgetBurn, budgetBurn, type LimitUse } from './budget-burn.ts';
import type { BudgetWindow } from './budget-window.ts';
import { type SentBudget, toNewBudget } from './to-new-budget.ts';

/** What is committed against one window, exact. Money in pico-USD. */
export type BudgetUseSums = {
  readonly ledgerPicoUsd: bigint;
  readonly ledgerTokens: bigint;
  readonly settledPicoUsd: bigint;
  readonly settledTokens: bigint;
  readonly heldPicoUsd: bigint;
  readonly heldTokens: bigint;
  readonly liveHolds: number;
  readonly overrunPicoUsd: bigint;
};

export type FiredAlert = {
  readonly id: string;
  readonly rule: string;
  readonly firedAt: string;
  readonly state: 'firing' | 'recovered';
};

/** `waiting`: a span that is not begun or is over. */
export type BudgetState = 'ok' | 'warning' | 'over' | 'recovered' | 'paused' | 'waiting';

/** A budget as it is shown: what it is, and how it stands now. Money as exact decimal strings of USD. */
export type BudgetView = SentBudget & {
  readonly id: string;
  readonly state: BudgetState;
  readonly window: { readonly start: string; readonly end: string };
  /** The end of the window, at which it begins anew; null for a span, which does not. */
  readonly resetsAt: string | null;
  readonly spentUsd: string;
  /** Of `spentUsd`, what was settled while its usage event is not in the ledger yet. */
  readonly settledUsd: string;
  readonly heldUsd: string;
  readonly leftUsd: string | null;
  readonly spentTokens: number;
  readonly heldTokens: number;
  readonly leftTokens: number | null;
  readonly liveHolds: number;
  /** By how much single calls came out above their holds. */
  readonly overrunUsd: string;
  readonly spentPercent: number;
  readonly heldPercent: number;
  readonly pacePercent: number;
  readonly paceRatio: number | null;
  readonly runsOutAt: string | null;
  readonly alerts: readonly FiredAlert[];
};

export function toBudgetView(
  budget: Budget,
  standing: {
    readonly window: BudgetWindow;
    readonly use: BudgetUseSums;
    readonly alerts: readonly FiredAlert[];
    readonly nowMs: number;
  },
): BudgetView {
  const { window, use, nowMs } = standing;
  const limits = limitUses(budget, use);
  const burn = budgetBurn(limits, { window, nowMs });
  const spent = use.ledgerPicoUsd + use.settledPicoUsd;
  const spentTokens = use.ledgerTokens + use.settledTokens;
  return {
    ...toNewBudget(budget),
    id: budget.id,
    state: stateOf(budget, { ...standing, burn }),
    window: { start: iso(window.startMs), end: iso(window.endMs) },
    resetsAt: budget.calendar.period === 'span' ? null : iso(window.endMs),
    spentUsd: formatPicoUsd(spent),
    settledUsd: formatPicoUsd(use.settledPicoUsd),
    heldUsd: formatPicoUsd(use.heldPicoUsd),
    leftUsd:
      budget.limitPicoUsd === null ? null : formatPicoUsd(budget.limitPicoUsd - spent - use.heldPicoUsd),
    spentTokens: Number(spentTokens),
    heldTokens: Number(use.heldTokens),
    leftTokens:
      budget.limitTokens === null ? null : Number(BigInt(budget.limitTokens) - spentTokens - use.heldTokens),
    liveHolds: use.liveHolds,
    overrunUsd: formatPicoUsd(use.overrunPicoUsd),
    spentPercent: burn.spentPercent,
    heldPercent: burn.heldPercent,
    pacePercent: burn.pacePercent,
    paceRatio: burn.paceRatio,
    runsOutAt: burn.runsOutMs === null ? null : iso(burn.runsOutMs),
    alerts: standing.alerts,
  };
}

/** The limits that a budget has, with what is committed against each. */
export function limitUses(budget: Budget, use: BudgetUseSums): readonly LimitUse[] {
  const limits: LimitUse[] = [];
  if (budget.limitPicoUsd !== null) {
    limits.push({
      limit: budget.limitPicoUsd,
      spent: use.ledgerPicoUsd + use.settledPicoUsd,
      held: use.heldPicoUsd,
    });
  }
  if (budget.limitTokens !== null) {
    limits.push({
      limit: BigInt(budget.limitTokens),
      spent: use.ledgerTokens + use.settledTokens,
      held: use.heldTokens,
    });
  }
  return limits;
}

/** As everywhere on the pages: amber past 80 per cent, red past 100. */
const warningPercent = 80;
const dangers: readonly BudgetState[] = ['over', 'warning', 'recovered', 'ok', 'waiting', 'paused'];

/** The most endangered first: by state, then by what is committed, then by pace. */
export function byDanger(a: BudgetView, b: BudgetView): number {
  return (
    dangers.indexOf(a.state) - dangers.indexOf(b.state) ||
    b.spentPercent + b.heldPercent - (a.spentPercent + a.heldPercent) ||
    (b.paceRatio ?? 0) - (a.paceRatio ?? 0) ||
    (a.name < b.name ? -1 : 1)
  );
}

function stateOf(
  budget: Budget,
  {
    window,
    burn,
    alerts,
    nowMs,
  }: {
    readonly window: BudgetWindow;
    readonly burn: BudgetBurn;
    readonly alerts: readonly FiredAlert[];
    readonly nowMs: number;
  },
): BudgetState {
  if (budget.paused) return 'paused';
  if (nowMs < window.startMs || nowMs >= window.endMs) return 'waiting';
  if (burn.spentPercent >= 100) return 'over';
  const isRuleFiring = alerts.some(({ state, rule }) => state === 'firing' && !rule.startsWith('threshold:'));
  if (burn.spentPercent >= warningPercent || isRuleFiring) return 'warning';
  return alerts.some(({ state }) => state === 'recovered') ? 'recovered' : 'ok';
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
