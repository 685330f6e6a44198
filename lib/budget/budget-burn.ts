import type { BudgetWindow } from './budget-window.ts';

/** One limit of a budget, in pico-USD or in tokens, and what is committed against it. */
export type LimitUse = { readonly limit: bigint; readonly spent: bigint; readonly held: bigint };

export type BudgetBurn = {
  /** Of the limit; above 100 when overspent. To a tenth of a per cent, rounded down so that 100 means reached. */
  readonly spentPercent: number;
  readonly heldPercent: number;
  /** How much of the window is over, in per cent: what an even pace would have spent by now. */
  readonly pacePercent: number;
  /** Spent so far by even pace; 2 is twice as fast. Null before anything could be spent. */
  readonly paceRatio: number | null;
  /** When the limit is reached at the pace so far; null when not within the window. */
  readonly runsOutMs: number | null;
};

/** Burn of the limit that is nearer to its end. A budget has one or two of them. */
export function budgetBurn(
  limits: readonly LimitUse[],
  { window, nowMs }: { readonly window: BudgetWindow; readonly nowMs: number },
): BudgetBurn {
  const burns = limits.map((use) => burnOf(use, { window, nowMs }));
  const [first, ...rest] = burns;
  if (first === undefined) throw new Error('A budget has at least one limit.');
  return rest.reduce(
    (worst, burn) =>
      burn.spentPercent + burn.heldPercent > worst.spentPercent + worst.heldPercent ? burn : worst,
    first,
  );
}

function burnOf(
  use: LimitUse,
  { window, nowMs }: { readonly window: BudgetWindow; readonly nowMs: number },
): BudgetBurn {
  const lengthMs = window.endMs - window.startMs;
  const elapsedMs = Math.min(Math.max(nowMs - window.startMs, 0), lengthMs);
  const spentShare = shareOf(use.spent, use.limit);
  const elapsedShare = elapsedMs / lengthMs;
  const runsOutMs =
    spentShare > 0 && elapsedMs > 0 ? Math.round(window.startMs + elapsedMs / spentShare) : null;
  return {
    spentPercent: percentOf(use.spent, use.limit),
    heldPercent: percentOf(use.held, use.limit),
    pacePercent: Math.floor(elapsedShare * 1_000) / 10,
    paceRatio: elapsedShare > 0 ? Math.round((spentShare / elapsedShare) * 100) / 100 : null,
    runsOutMs: runsOutMs !== null && runsOutMs < window.endMs ? runsOutMs : null,
  };
}

/** Exact to twelve decimals before it becomes a float, which is for the eye only. */
function shareOf(part: bigint, whole: bigint): number {
  return Number((part * 1_000_000_000_000n) / whole) / 1e12;
}

function percentOf(part: bigint, whole: bigint): number {
  return Number((part * 1_000n) / whole) / 10;
}
