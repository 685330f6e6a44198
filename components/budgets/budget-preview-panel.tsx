'use client';

import { useQuery } from '@tanstack/react-query';
import { Money } from '#components/ui/money.tsx';
import { ShareBar } from '#components/ui/share-bar.tsx';
import { useNow } from '#components/ui/use-now.ts';
import { useSettled } from '#components/ui/use-settled.ts';
import type { NewBudgetInput } from '#lib/budget/new-budget.ts';
import { type BudgetPreview, budgetPreviewQuery } from '#lib/client/budget-preview-query.ts';
import { formatDuration } from '#lib/format/format-duration.ts';
import { formatEdge } from './describe-budget.ts';

type BudgetPreviewPanelProps = { readonly input: NewBudgetInput | null; readonly timeZone: string };

/** What the budget would mean: its window, the past periods under it, and which alerts would have fired. */
export function BudgetPreviewPanel({ input, timeZone }: BudgetPreviewPanelProps) {
  const settled = useSettled(JSON.stringify(input));
  const asked: NewBudgetInput | null = JSON.parse(settled);
  const { data, error } = useQuery(budgetPreviewQuery(asked));
  return (
    <section aria-label="What it would mean" className="min-h-44 rounded-md bg-sunk p-4 text-sm">
      {asked === null || input === null ? (
        <p className="text-muted">Here stands what it would mean, once the fields above make a budget.</p>
      ) : error !== null ? (
        <p className="text-over-ink">It cannot be tried now: {error.message}</p>
      ) : data === undefined ? (
        <p className="text-muted">Trying it on the past…</p>
      ) : (
        <Preview preview={data} timeZone={timeZone} />
      )}
    </section>
  );
}

function Preview({ preview, timeZone }: { readonly preview: BudgetPreview; readonly timeZone: string }) {
  const nowMs = useNow();
  const { window, resetsAt, periods } = preview;
  const left = resetsAt === null || nowMs === null ? null : formatDuration(Date.parse(resetsAt) - nowMs);
  return (
    <div className="flex flex-col gap-3">
      <p>
        {formatEdge(window.start, timeZone)} to {formatEdge(window.end, timeZone)} {timeZone}
        {left === null ? '' : `, resets in ${left}`}
      </p>
      <ul aria-label="Past periods" className="flex flex-col gap-1">
        {periods.map((period, index) => (
          <li key={period.start} className="grid grid-cols-[9rem_1fr_8rem] items-center gap-3">
            <span className="text-muted">
              {index === 0 ? 'so far' : `from ${formatEdge(period.start, timeZone)}`}
            </span>
            <ShareBar percent={Math.min(100, period.percent)} />
            <span className={period.percent >= 100 ? 'text-right text-over-ink' : 'text-right'}>
              <Money usd={period.spentUsd} />, {period.percent} %
            </span>
          </li>
        ))}
      </ul>
      <BackTest preview={preview} timeZone={timeZone} />
    </div>
  );
}

const firesShown = 3;

function BackTest({ preview, timeZone }: { readonly preview: BudgetPreview; readonly timeZone: string }) {
  const { fires, firesTotal, testedDays } = preview;
  if (firesTotal === 0) return <p>No alert would have fired in the past {testedDays} days.</p>;
  const times = firesTotal === 1 ? 'once' : `${firesTotal} times`;
  return (
    <div>
      <p>
        Would have fired {times} in the past {testedDays} days{firesTotal > firesShown ? ', last:' : ':'}
      </p>
      <ul className="text-muted">
        {fires.slice(0, firesShown).map((fire) => (
          <li key={`${fire.rule} ${fire.at}`}>
            {fire.what}, {formatEdge(fire.at, timeZone)}
          </li>
        ))}
      </ul>
    </div>
  );
}
