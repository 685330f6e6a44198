import 'server-only';
import type { Database } from '#db/database.ts';
import { type BudgetUse, sumBudgetSpend } from '#db/queries/sum-budget-spend.ts';
import { backTest, type SpentHour } from '#lib/budget/back-test.ts';
import { type Budget, toBudget } from '#lib/budget/budget.ts';
import { budgetBurn } from '#lib/budget/budget-burn.ts';
import { limitUses } from '#lib/budget/budget-view.ts';
import { type BudgetWindow, currentWindow, recentWindows } from '#lib/budget/budget-window.ts';
import { describeRule } from '#lib/budget/describe-rule.ts';
import type { NewBudget } from '#lib/budget/new-budget.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const testedDays = 30;
const pastPeriods = 3;
/** A month before the tested days reaches back far enough for every month's window and every band. */
const lookBackDays = 32;
const slotsMax = 400;

export type PastPeriod = {
  readonly start: string;
  readonly end: string;
  readonly spentUsd: string;
  readonly spentTokens: number;
  readonly percent: number;
};

export type BudgetPreview = {
  readonly window: { readonly start: string; readonly end: string };
  readonly resetsAt: string | null;
  /** The present window so far, then up to three before it, the latest first. */
  readonly periods: readonly PastPeriod[];
  readonly testedDays: number;
  /** What would have fired in those days, the latest first, at most 100. */
  readonly fires: readonly { readonly rule: string; readonly what: string; readonly at: string }[];
  readonly firesTotal: number;
};

/** What a budget would mean, before it is saved: its window, the past periods under it, what would have fired. */
export async function previewBudget(
  db: Database,
  query: { readonly projectId: number; readonly nowMs: number; readonly input: NewBudget },
): Promise<BudgetPreview> {
  const { projectId, nowMs } = query;
  const budget = toBudget('00000000-0000-0000-0000-000000000000', query.input);
  const windows = recentWindows(budget.calendar, { atMs: nowMs, count: pastPeriods + 1 });
  const [present] = windows;
  const hours = hourWindows(budget, nowMs);
  const uses = await sumWindows(db, { projectId, budget, windows: [...windows, ...hours] });
  const fires = backTest(budget, {
    hours: hours.map((hour, index) => toSpentHour(hour, uses[windows.length + index])),
    fromMs: nowMs - testedDays * dayMs,
    toMs: nowMs,
  });
  const newestFirst = [...fires].reverse();
  return {
    window: { start: iso(present?.startMs ?? nowMs), end: iso(present?.endMs ?? nowMs) },
    resetsAt: budget.calendar.period === 'span' || present === undefined ? null : iso(present.endMs),
    periods: windows.flatMap((window, index) => {
      const use = uses[index];
      return use === undefined ? [] : [toPeriod(budget, { window, use, nowMs })];
    }),
    testedDays,
    fires: newestFirst
      .slice(0, 100)
      .map(({ key, atMs }) => ({ rule: key, what: describeRule(key, budget), at: iso(atMs) })),
    firesTotal: fires.length,
  };
}

function toPeriod(
  budget: Budget,
  { window, use, nowMs }: { readonly window: BudgetWindow; readonly use: BudgetUse; readonly nowMs: number },
): PastPeriod {
  return {
    start: iso(window.startMs),
    end: iso(window.endMs),
    spentUsd: formatPicoUsd(use.ledgerPicoUsd + use.settledPicoUsd),
    spentTokens: Number(use.ledgerTokens + use.settledTokens),
    percent: budgetBurn(limitUses(budget, use), { window, nowMs }).spentPercent,
  };
}

/** Hours up to now, cut where a window of the budget begins, from before the tested days. */
function hourWindows(budget: Budget, nowMs: number): readonly BudgetWindow[] {
  const hours: BudgetWindow[] = [];
  let atMs = Math.floor((nowMs - (testedDays + lookBackDays) * dayMs) / hourMs) * hourMs;
  if (budget.calendar.period === 'span') atMs = Math.max(atMs, budget.calendar.fromMs);
  while (atMs < nowMs) {
    const window = currentWindow(budget.calendar, atMs);
    if (window === null || atMs >= window.endMs) break;
    const endMs = Math.min(atMs + hourMs, window.endMs);
    hours.push({ startMs: atMs, endMs });
    atMs = endMs;
  }
  return hours;
}

async function sumWindows(
  db: Database,
  {
    projectId,
    budget,
    windows,
  }: { readonly projectId: number; readonly budget: Budget; readonly windows: readonly BudgetWindow[] },
): Promise<readonly BudgetUse[]> {
  const sums: BudgetUse[] = [];
  for (let from = 0; from < windows.length; from += slotsMax) {
    const slots = windows
      .slice(from, from + slotsMax)
      .map((window) => ({ id: budget.id, scope: budget.scope, window, counted: budget.countTokens }));
    sums.push(...(await sumBudgetSpend(db, { projectId, slots })));
  }
  return sums;
}

function toSpentHour(hour: BudgetWindow, use: BudgetUse | undefined): SpentHour {
  return {
    ...hour,
    picoUsd: use === undefined ? 0n : use.ledgerPicoUsd,
    tokens: use === undefined ? 0n : use.ledgerTokens,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
