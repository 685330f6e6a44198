import { config } from 'zod';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { type CountedTokens, countedTokens } from '#lib/budget/counted-tokens.ts';
import { type NewBudgetInput, newBudget } from '#lib/budget/new-budget.ts';
import { instantOfLocal, isTimeZone } from '#lib/time/time-zone.ts';
import type { Source } from '#lib/usage/source.ts';

// zod would try `new Function` to see whether it may: our policy forbids it, and browsers report the attempt.
config({ jitless: true });

/** What stands in the form's fields, as typed. */
export type BudgetDraft = {
  readonly name: string;
  readonly limitUsd: string;
  readonly limitTokens: string;
  readonly countTokens: readonly CountedTokens[];
  readonly period: NewBudgetInput['period'];
  readonly weekStart: string;
  readonly anchorDay: string;
  /** Days of the budget's zone, `2026-12-01`; the last one is included. */
  readonly fromDay: string;
  readonly lastDay: string;
  readonly timeZone: string;
  readonly agent: string;
  readonly model: string;
  readonly provider: string;
  readonly session: string;
  readonly source: Source | 'any';
  readonly thresholds: string;
  readonly hard: boolean;
  readonly failsOpen: boolean;
  readonly burns: boolean;
  readonly burnPercent: string;
  readonly burnHours: string;
  readonly burnSustainedHours: string;
  readonly anomaly: boolean;
};

export function newDraft(timeZone: string): BudgetDraft {
  return {
    name: '',
    limitUsd: '',
    limitTokens: '',
    countTokens: countedTokens,
    period: 'month',
    weekStart: '1',
    anchorDay: '1',
    fromDay: '',
    lastDay: '',
    timeZone,
    agent: '',
    model: '',
    provider: '',
    session: '',
    source: 'any',
    thresholds: '50, 80, 100',
    hard: false,
    failsOpen: false,
    burns: false,
    burnPercent: '2',
    burnHours: '1',
    burnSustainedHours: '6',
    anomaly: false,
  };
}

export function toDraft(budget: BudgetView): BudgetDraft {
  const burn = budget.rules.find((rule) => rule.kind === 'burn');
  const { scope } = budget;
  return {
    name: budget.name,
    limitUsd: budget.limitUsd ?? '',
    limitTokens: budget.limitTokens === null ? '' : String(budget.limitTokens),
    countTokens: budget.countTokens,
    period: budget.period,
    weekStart: String(budget.weekStart),
    anchorDay: String(budget.anchorDay),
    fromDay: budget.from === null ? '' : dayOf(budget.from, budget.timeZone),
    lastDay:
      budget.to === null ? '' : dayOf(new Date(Date.parse(budget.to) - 1).toISOString(), budget.timeZone),
    timeZone: budget.timeZone,
    agent: scope.agent ?? '',
    model: scope.model ?? '',
    provider: scope.provider ?? '',
    session: scope.session ?? '',
    source: scope.source ?? 'any',
    thresholds: budget.thresholds.join(', '),
    hard: budget.hard,
    failsOpen: budget.whenUnavailable === 'open',
    burns: burn !== undefined,
    burnPercent: String(burn?.percent ?? 2),
    burnHours: String(burn?.hours ?? 1),
    burnSustainedHours: String(burn?.sustainedHours ?? 6),
    anomaly: budget.rules.some((rule) => rule.kind === 'anomaly'),
  };
}

export type DraftProblems = Readonly<Partial<Record<string, string>>>;

/** What would be sent, or what is wrong with it, by the very schema of the API; problems by their field. */
export function readDraft(draft: BudgetDraft): {
  readonly input: NewBudgetInput | null;
  readonly problems: DraftProblems;
} {
  const result = newBudget.safeParse(toInput(draft));
  if (result.success) return { input: result.data, problems: {} };
  const problems: Record<string, string> = {};
  for (const { path, message } of result.error.issues) problems[nameOf(path)] ??= message;
  return { input: null, problems };
}

/** Scope, rules and lists are one field each in the form. */
function nameOf(path: readonly PropertyKey[]): string {
  const [first, second, third] = path.map(String);
  if (first === 'scope') return second ?? 'scope';
  if (first === 'rules') return third ?? 'rules';
  return first ?? '';
}

function toInput(draft: BudgetDraft): unknown {
  const { period } = draft;
  return {
    name: draft.name,
    scope: {
      ...given('agent', draft.agent),
      ...given('model', draft.model),
      ...given('provider', draft.provider),
      ...given('session', draft.session),
      ...(draft.source === 'any' ? {} : { source: draft.source }),
    },
    limitUsd: draft.limitUsd.trim() === '' ? null : draft.limitUsd.trim(),
    limitTokens: draft.limitTokens.trim() === '' ? null : toNumber(draft.limitTokens),
    countTokens: draft.countTokens,
    period,
    ...(period === 'span'
      ? {
          from: startOfDay(draft.fromDay, { timeZone: draft.timeZone, days: 0 }),
          to: startOfDay(draft.lastDay, { timeZone: draft.timeZone, days: 1 }),
        }
      : { from: null, to: null }),
    timeZone: draft.timeZone,
    weekStart: Number(draft.weekStart),
    anchorDay: toNumber(draft.anchorDay),
    thresholds: draft.thresholds
      .replaceAll('%', ' ')
      .split(/[\s,;]+/)
      .filter((part) => part !== '')
      .map(toNumber),
    rules: [
      ...(draft.burns
        ? [
            {
              kind: 'burn',
              percent: toNumber(draft.burnPercent),
              hours: toNumber(draft.burnHours),
              sustainedHours: toNumber(draft.burnSustainedHours),
            },
          ]
        : []),
      ...(draft.anomaly ? [{ kind: 'anomaly', deviations: 4 }] : []),
    ],
    hard: draft.hard,
    whenUnavailable: draft.failsOpen ? 'open' : 'closed',
  };
}

function given(name: string, value: string) {
  return value.trim() === '' ? {} : { [name]: value.trim() };
}

/** `Number('')` would be 0. */
function toNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text.trim().replaceAll(/[ _']/g, '').replace(/%$/, ''));
}

const dayMs = 86_400_000;

function startOfDay(day: string, at: { readonly timeZone: string; readonly days: number }): string | null {
  const civilMs = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(civilMs) || !isTimeZone(at.timeZone)) return null;
  return new Date(instantOfLocal(at.timeZone, civilMs + at.days * dayMs)).toISOString();
}

function dayOf(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(Date.parse(at));
}
