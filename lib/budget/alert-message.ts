import { formatTokens } from '#lib/format/format-tokens.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import { formatPicoUsd } from '#lib/pricing/parse-usd.ts';
import type { Budget } from './budget.ts';
import type { BudgetUseSums } from './budget-view.ts';
import type { BudgetWindow } from './budget-window.ts';
import { describeRule } from './describe-rule.ts';

/** What is kept with an alert and sent to webhooks. Money as exact decimal strings of USD. */
export type AlertMessage = {
  readonly id: string;
  readonly event: 'alert.fired' | 'alert.recovered' | 'test';
  readonly title: string;
  readonly text: string;
  readonly budget: { readonly id: string; readonly name: string } | null;
  readonly rule: string | null;
  readonly at: string;
  readonly spentUsd: string | null;
  readonly limitUsd: string | null;
  readonly spentTokens: number | null;
  readonly limitTokens: number | null;
  readonly window: { readonly start: string; readonly end: string; readonly timeZone: string } | null;
};

export function alertMessage(
  budget: Budget,
  about: {
    readonly id: string;
    readonly event: 'alert.fired' | 'alert.recovered';
    readonly rule: string;
    readonly use: Pick<BudgetUseSums, 'ledgerPicoUsd' | 'settledPicoUsd' | 'ledgerTokens' | 'settledTokens'>;
    readonly window: BudgetWindow;
    readonly nowMs: number;
  },
): AlertMessage {
  const { use, window } = about;
  const spent = use.ledgerPicoUsd + use.settledPicoUsd;
  const spentTokens = use.ledgerTokens + use.settledTokens;
  const what = describeRule(about.rule, budget);
  return {
    id: about.id,
    event: about.event,
    title: about.event === 'alert.fired' ? `${budget.name}: ${what}` : `${budget.name} is fine again`,
    text: textOf(budget, { spent, spentTokens, end: new Date(window.endMs) }),
    budget: { id: budget.id, name: budget.name },
    rule: about.rule,
    at: new Date(about.nowMs).toISOString(),
    spentUsd: formatPicoUsd(spent),
    limitUsd: budget.limitPicoUsd === null ? null : formatPicoUsd(budget.limitPicoUsd),
    spentTokens: Number(spentTokens),
    limitTokens: budget.limitTokens,
    window: {
      start: new Date(window.startMs).toISOString(),
      end: new Date(window.endMs).toISOString(),
      timeZone: budget.calendar.timeZone,
    },
  };
}

function textOf(
  { limitPicoUsd, limitTokens, calendar }: Budget,
  { spent, spentTokens, end }: { readonly spent: bigint; readonly spentTokens: bigint; readonly end: Date },
): string {
  const parts = [
    ...(limitPicoUsd === null
      ? []
      : [`${formatUsd(formatPicoUsd(spent))} of ${formatUsd(formatPicoUsd(limitPicoUsd))}`]),
    ...(limitTokens === null
      ? []
      : [`${formatTokens(Number(spentTokens))} of ${formatTokens(limitTokens)} tokens`]),
  ];
  const until = calendar.period === 'span' ? 'ends' : 'resets';
  return `${parts.join(' and ')} spent; ${until} ${end.toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
}
