'use client';

import dynamic from 'next/dynamic';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { useNow } from '#components/ui/use-now.ts';
import { prepareDailySpend } from '#lib/charts/prepare-daily-spend.ts';
import { formatUsd } from '#lib/format/format-usd.ts';
import type { Overview } from '#lib/usage/overview.ts';

// The chart library is 119 kB and sets inline styles in server HTML: the browser loads it when it is needed.
const DailySpendChart = dynamic(
  async () => (await import('#components/charts/daily-spend-chart.tsx')).DailySpendChart,
  { ssr: false, loading: () => <Skeleton className="h-56" /> },
);

/** Spend day by day; the bar of a day that is not over is paled. */
export function SpendPerDay({ overview }: { readonly overview: Overview }) {
  const nowMs = useNow();
  const bars = prepareDailySpend({ range: overview.range, days: overview.days, nowMs: nowMs ?? 0 });
  const highest = bars.reduce((most, bar) => (bar.costUsd > (most?.costUsd ?? 0) ? bar : most), bars[0]);
  const sentence =
    highest === undefined || highest.costUsd === 0
      ? 'Nothing was spent on any of these days.'
      : `The dearest day was ${highest.label} with ${formatUsd(highest.exactUsd)}.`;
  return (
    <Section
      title="Spend per day"
      note={`US dollars. ${sentence}${bars.at(-1)?.isUnfinished ? ' Today is not over.' : ''}`}
    >
      <div className="h-56">
        <DailySpendChart bars={bars} label={`Spend per day in US dollars. ${sentence}`} />
      </div>
    </Section>
  );
}
