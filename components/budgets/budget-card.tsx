'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { LoadGauge } from '#components/ui/load-gauge.tsx';
import { Money } from '#components/ui/money.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { useNow } from '#components/ui/use-now.ts';
import type { BudgetView } from '#lib/budget/budget-view.ts';
import { formatDuration } from '#lib/format/format-duration.ts';
import { formatInstant } from '#lib/format/format-instant.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import { budgetSessionsAddress } from './budget-sessions-address.ts';
import { describePeriod, describeScope, formatEdge } from './describe-budget.ts';
import { useBudgetHeading } from './use-budget-heading.ts';

type BudgetCardProps = { readonly budget: BudgetView; readonly onExplain: (budget: BudgetView) => void };

const actionLook =
  '-my-1 h-6 rounded-sm text-xs leading-6 font-medium text-accent underline-offset-2 hover:underline';

/** One budget: how much of it is gone, at what pace, and when there is more. */
export function BudgetCard({ budget, onExplain }: BudgetCardProps) {
  const heading = useBudgetHeading(budget);
  const sessions = budgetSessionsAddress(budget);
  return (
    <article
      aria-label={budget.name}
      className="flex min-w-0 flex-col gap-0.5 border-b border-hairline py-1.5"
    >
      <div className="flex items-center gap-2">
        <h3 className="truncate font-medium" title={budget.name}>
          {budget.name}
        </h3>
        <p
          className="min-w-0 flex-1 truncate text-xs text-muted"
          title={`${describeScope(budget.scope)}, ${describePeriod(budget)}`}
        >
          {describeScope(budget.scope)}, {describePeriod(budget)}
        </p>
        <StateBadge budget={budget} />
      </div>
      {budget.limitUsd === null ? null : (
        <UsdLoad budget={budget} limitUsd={budget.limitUsd} heading={heading.usd} />
      )}
      {budget.limitTokens === null ? null : (
        <TokenLoad budget={budget} limitTokens={budget.limitTokens} heading={heading.tokens} />
      )}
      <div className="flex items-start justify-between gap-x-3">
        <Outlook budget={budget} />
        <div className="flex shrink-0 gap-3">
          {sessions === null ? null : (
            <Link
              href={sessions}
              prefetch={false}
              aria-label={`Sessions of ${budget.name}`}
              className={actionLook}
            >
              Sessions
            </Link>
          )}
          <button
            type="button"
            aria-label={`Explain ${budget.name}`}
            onClick={() => onExplain(budget)}
            className={actionLook}
          >
            Explain
          </button>
        </div>
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

type LoadProps = { readonly budget: BudgetView; readonly heading: number | null };

function UsdLoad({ budget, limitUsd, heading }: LoadProps & { readonly limitUsd: string }) {
  const { spentUsd, heldUsd, leftUsd } = budget;
  const format = (amount: number) => formatUsd(amount.toFixed(12));
  return (
    <>
      <LoadGauge
        label="Spent and held"
        value={Number(spentUsd) + Number(heldUsd)}
        limit={Number(limitUsd)}
        heading={heading}
        format={format}
        isCompact
      />
      <dl className={factsLook}>
        <Fact name="Spent">
          <Money usd={spentUsd} /> of <Money usd={limitUsd} />
        </Fact>
        <Fact name="Held">
          <Money usd={heldUsd} />
        </Fact>
        {leftUsd?.startsWith('-') ? (
          <Fact name="Over by">
            <Money usd={leftUsd.slice(1)} />
          </Fact>
        ) : (
          <Fact name="Left">
            <Money usd={leftUsd ?? '0'} />
          </Fact>
        )}
        {heading === null ? null : <Fact name="Heading for">{format(heading)}</Fact>}
      </dl>
    </>
  );
}

function TokenLoad({ budget, limitTokens, heading }: LoadProps & { readonly limitTokens: number }) {
  const { spentTokens, heldTokens, leftTokens } = budget;
  return (
    <>
      <LoadGauge
        label="Tokens"
        value={spentTokens + heldTokens}
        limit={limitTokens}
        heading={heading}
        format={formatTokens}
        isCompact
      />
      <dl className={factsLook}>
        <Fact name="Tokens spent">
          <TokenCount tokens={spentTokens} /> of <TokenCount tokens={limitTokens} />
        </Fact>
        <Fact name="Held">
          <TokenCount tokens={heldTokens} />
        </Fact>
        <Fact name={(leftTokens ?? 0) < 0 ? 'Over by' : 'Left'}>
          <TokenCount tokens={Math.abs(leftTokens ?? 0)} />
        </Fact>
        {heading === null ? null : <Fact name="Heading for">{formatTokens(heading)}</Fact>}
      </dl>
    </>
  );
}

const factsLook = 'flex flex-wrap gap-x-4 text-xs';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex gap-1 whitespace-nowrap">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Pace({ budget }: { readonly budget: BudgetView }) {
  const { paceRatio, pacePercent, spentPercent } = budget;
  const exact = `${spentPercent} % spent when ${pacePercent} % of the time is over`;
  return <span title={exact}>Pace {paceRatio === null ? 'not known yet' : `${paceRatio} ×`}</span>;
}

function Outlook({ budget }: { readonly budget: BudgetView }) {
  const { runsOutAt, resetsAt, window, timeZone, state, alerts } = budget;
  const parts = [
    <Pace key="pace" budget={budget} />,
    ...(runsOutAt !== null && state !== 'over'
      ? [<At key="out" word="Runs out" at={runsOutAt} timeZone={timeZone} />]
      : []),
    <At
      key="end"
      word={resetsAt === null ? 'Ends' : 'Resets'}
      at={resetsAt ?? window.end}
      timeZone={timeZone}
    />,
    ...(alerts.length > 0
      ? [<span key="alerts">{alerts.length === 1 ? '1 alert' : `${alerts.length} alerts`}</span>]
      : []),
  ];
  return <p className="flex flex-wrap gap-x-4 text-xs text-muted">{parts}</p>;
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
