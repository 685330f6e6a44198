'use client';

import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { LoadGauge } from '#components/ui/load-gauge.tsx';
import { Money } from '#components/ui/money.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { useNow } from '#components/ui/use-now.ts';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { formatDuration } from '#lib/format/format-duration.ts';
import { formatInstant } from '#lib/format/format-instant.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import { describePeriod, describeScope, formatEdge } from './describe-budget.ts';

type BudgetCardProps = { readonly budget: BudgetView; readonly onExplain: (budget: BudgetView) => void };

/** One budget: how much of it is gone, at what pace, and when there is more. */
export function BudgetCard({ budget, onExplain }: BudgetCardProps) {
  return (
    <article
      aria-label={budget.name}
      className="flex min-w-0 flex-col gap-3 border-t border-hairline-strong pt-3"
    >
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="truncate font-medium">{budget.name}</h3>
          <p className="truncate text-sm text-muted" title={describeScope(budget.scope)}>
            {describeScope(budget.scope)}, {describePeriod(budget)}
          </p>
        </div>
        <StateBadge budget={budget} />
      </div>
      {budget.limitUsd === null ? null : <UsdGauge budget={budget} limitUsd={budget.limitUsd} />}
      {budget.limitTokens === null ? null : <TokenGauge budget={budget} limitTokens={budget.limitTokens} />}
      <Figures budget={budget} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Outlook budget={budget} />
        <Button size="small" aria-label={`Explain ${budget.name}`} onClick={() => onExplain(budget)}>
          Explain
        </Button>
      </div>
    </article>
  );
}

const words = {
  over: 'used up',
  warning: 'near the limit',
  recovered: 'recovered',
  paused: 'paused',
  waiting: 'not running',
};

function StateBadge({ budget }: { readonly budget: BudgetView }) {
  const { state, hard } = budget;
  const tone = state === 'over' ? 'over' : state === 'warning' ? 'near' : 'plain';
  const kind = hard ? 'hard' : 'soft';
  return <Badge tone={tone}>{state === 'ok' ? kind : `${kind}, ${words[state]}`}</Badge>;
}

function UsdGauge({ budget, limitUsd }: { readonly budget: BudgetView; readonly limitUsd: string }) {
  const limit = Number(limitUsd);
  return (
    <LoadGauge
      label="Spent and held"
      value={Number(budget.spentUsd) + Number(budget.heldUsd)}
      limit={limit}
      heading={headingOf(budget, Number(budget.spentUsd))}
      format={(amount) => formatUsd(amount.toFixed(12))}
    />
  );
}

function TokenGauge({ budget, limitTokens }: { readonly budget: BudgetView; readonly limitTokens: number }) {
  return (
    <LoadGauge
      label="Tokens"
      value={budget.spentTokens + budget.heldTokens}
      limit={limitTokens}
      heading={headingOf(budget, budget.spentTokens)}
      format={formatTokens}
    />
  );
}

/** Where the pace so far leads by the end of the window. Too early for that in its first twentieth. */
function headingOf({ pacePercent, state }: BudgetView, spent: number): number | null {
  return state === 'waiting' || pacePercent < 5 ? null : (spent / pacePercent) * 100;
}

function Figures({ budget }: { readonly budget: BudgetView }) {
  const isUsd = budget.limitUsd !== null;
  const rows = [
    [
      'Spent',
      isUsd ? <Money key="s" usd={budget.spentUsd} /> : <TokenCount key="s" tokens={budget.spentTokens} />,
    ],
    [
      'Held',
      isUsd ? <Money key="h" usd={budget.heldUsd} /> : <TokenCount key="h" tokens={budget.heldTokens} />,
    ],
    [
      'Left',
      isUsd ? (
        <Money key="l" usd={budget.leftUsd ?? '0'} />
      ) : (
        <TokenCount key="l" tokens={budget.leftTokens ?? 0} />
      ),
    ],
    ['Pace', <Pace key="p" budget={budget} />],
  ] as const;
  return (
    <dl className="grid grid-cols-4 gap-x-3 text-sm">
      {rows.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="truncate">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Pace({ budget }: { readonly budget: BudgetView }) {
  const { paceRatio, pacePercent, spentPercent } = budget;
  const exact = `${spentPercent} % spent when ${pacePercent} % of the time is over`;
  return <span title={exact}>{paceRatio === null ? '–' : `${paceRatio} ×`}</span>;
}

function Outlook({ budget }: { readonly budget: BudgetView }) {
  const { runsOutAt, resetsAt, window, timeZone, state, alerts } = budget;
  const parts = [
    ...(runsOutAt !== null && state !== 'over'
      ? [<At key="out" word="runs out" at={runsOutAt} timeZone={timeZone} />]
      : []),
    <At
      key="end"
      word={resetsAt === null ? 'ends' : 'resets'}
      at={resetsAt ?? window.end}
      timeZone={timeZone}
    />,
    ...(alerts.length > 0
      ? [<span key="alerts">{alerts.length === 1 ? '1 alert' : `${alerts.length} alerts`}</span>]
      : []),
  ];
  return <p className="flex flex-wrap gap-x-3 text-sm text-muted">{parts}</p>;
}

function At({
  word,
  at,
  timeZone,
}: {
  readonly word: string;
  readonly at: string;
  readonly timeZone: string;
}) {
  const nowMs = useNow();
  const atMs = Date.parse(at);
  const left =
    nowMs !== null && atMs > nowMs ? `in ${formatDuration(atMs - nowMs)}` : formatEdge(at, timeZone);
  return (
    <time dateTime={at} title={`${formatInstant({ atMs, timeZone })} (${timeZone})`}>
      {word} {left}
    </time>
  );
}
