'use client';

import type { ReactNode } from 'react';
import type { Overview } from '#lib/overview/overview.ts';
import { CostDifferences } from './cost-differences.tsx';
import { EarlierCalls } from './earlier-calls.tsx';
import { ProjectionSection } from './projection-section.tsx';
import { SessionLoads } from './session-loads.tsx';
import { SpendAnswer } from './spend-answer.tsx';
import { SpendBreakdown } from './spend-breakdown.tsx';
import { SpendOverTime } from './spend-over-time.tsx';
import type { OverviewSettings } from './use-overview-settings.ts';

type OverviewContentProps = {
  readonly overview: Overview;
  readonly settings: OverviewSettings;
  readonly by: Overview['chart']['by'];
  /** Stands between the answer and the evidence; the page gives it (components/budgets). */
  readonly budgets: ReactNode;
};

/** The answer, then the evidence, then the tables. */
export function OverviewContent({ overview, settings, by, budgets }: OverviewContentProps) {
  return (
    <div className="flex flex-col gap-8">
      <EarlierCalls lastCall={overview.lastCall} onNarrow={settings.narrow} />
      <SpendAnswer overview={overview} />
      {budgets}
      <SpendOverTime
        overview={overview}
        by={by}
        metric={settings.metric}
        onByChange={settings.setBy}
        onMetricChange={settings.setMetric}
        onNarrow={settings.narrow}
      />
      <ProjectionSection />
      <SpendBreakdown overview={overview} />
      <SessionLoads overview={overview} />
      <CostDifferences differences={overview.costDifferences} />
    </div>
  );
}
