'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { Money } from '#components/ui/money.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { prepareSpendProjection } from '#lib/charts/prepare-spend-projection.ts';
import { budgetProjectionQuery } from '#lib/client/projection-query.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import type { ProjectionView, RunsOut } from '#lib/projection/projection-view.ts';
import { formatEdge } from './describe-budget.ts';

// As of the other charts: the library is large and sets inline styles in server HTML.
const SpendProjectionChart = dynamic(
  async () => (await import('#components/charts/spend-projection-chart.tsx')).SpendProjectionChart,
  { ssr: false, loading: () => <Skeleton className="h-40" /> },
);

/** Where a budget's window is heading: likely use at its end, and when a limit is reached. */
export function BudgetProjection({ id }: { readonly id: string }) {
  const { data, error } = useQuery(budgetProjectionQuery(id));
  if (data !== undefined) return <Outlook view={data} />;
  if (error !== null) return <Notice tone="over">The projection could not be loaded: {error.message}</Notice>;
  return <Skeleton className="h-52" />;
}

function Outlook({ view }: { readonly view: ProjectionView }) {
  const { projection, tokens, window } = view;
  if (projection === null) return <p className="text-sm text-muted">{describeAbsence(view)}</p>;
  const { p10Usd, p50Usd, p90Usd, runsOut, pastError, confidence } = projection;
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>
        Likely <Money usd={p50Usd} /> at the end, eight times in ten <Money usd={p10Usd} /> to{' '}
        <Money usd={p90Usd} />.{' '}
        {runsOut === null ? null : describeRunsOut(runsOut, { what: 'The limit', zone: window.timeZone })}
      </p>
      {tokens?.p50 == null ? null : (
        <p>
          Likely <span title={`${tokens.p50} tokens`}>{formatTokens(tokens.p50)}</span> of{' '}
          {formatTokens(tokens.limit)} tokens.{' '}
          {tokens.runsOut === null
            ? null
            : describeRunsOut(tokens.runsOut, { what: 'That limit', zone: window.timeZone })}
        </p>
      )}
      <p className="text-muted">
        {confidence === 'low' ? 'Low confidence: ' : ''}from {view.basis.activeDays} days of spend
        {pastError === null
          ? ''
          : `; in the past four weeks it missed by ${formatPercent(pastError.missedShare)}, ${pastError.horizonDays === 1 ? 'a day' : `${pastError.horizonDays} days`} ahead`}
        .
      </p>
      <div className="h-40">
        <SpendProjectionChart
          burn={prepareSpendProjection(view)}
          timeZone={window.timeZone}
          label={`Spend of the window in US dollars: ${formatUsd(view.spentUsd)} so far, likely ${formatUsd(p50Usd)} at its end.`}
        />
      </div>
    </div>
  );
}

function describeAbsence({ absentReason, basis }: ProjectionView): string {
  switch (absentReason) {
    case 'few-active-days':
      return `Where it is heading is known after three days of spend; there ${basis.activeDays === 1 ? 'is one' : `are ${basis.activeDays}`} so far.`;
    case 'window-not-begun':
      return 'Where it is heading is said once the span has begun.';
    case 'window-over':
      return 'The span is over.';
    default:
      return 'The span ends too far ahead to say where it is heading.';
  }
}

function describeRunsOut(
  { earliest, likely, latest }: RunsOut,
  { what, zone }: { readonly what: string; readonly zone: string },
): string {
  const at = (instant: string) => formatEdge(instant, zone);
  if (likely !== null) {
    return latest === null
      ? `${what} is likely reached ${at(likely)}.`
      : `${what} is likely reached ${at(likely)}, ${at(latest)} at the latest.`;
  }
  return earliest === null
    ? `${what} is not expected to be reached.`
    : `${what} may be reached, ${at(earliest)} at the earliest.`;
}
