'use client';

import type { ReactNode } from 'react';
import type { Overview } from '#lib/overview/overview.ts';
import { EarlierCalls } from './earlier-calls.tsx';
import { OutlookPanel } from './outlook-panel.tsx';
import { SessionLoads } from './session-loads.tsx';
import { SpendAnswer } from './spend-answer.tsx';
import { SpendBreakdown } from './spend-breakdown.tsx';
import { SpendOverTime } from './spend-over-time.tsx';
import type { OverviewSettings } from './use-overview-settings.ts';

type OverviewContentProps = {
  readonly overview: Overview;
  readonly settings: OverviewSettings;
  readonly by: Overview['chart']['by'];
  /** Stands beside the chart; the page gives it (components/budgets). */
  readonly budgets: ReactNode;
};

/** The answer, then the evidence, then the tables: one screen where there is room for it. */
export function OverviewContent({ overview, settings, by, budgets }: OverviewContentProps) {
  return (
    <div className="flex flex-col gap-3">
      <EarlierCalls lastCall={overview.lastCall} onNarrow={settings.narrow} />
      <SpendAnswer overview={overview} />
      <div className="grid items-start gap-x-8 gap-y-3 xl:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)]">
        <SpendOverTime
          overview={overview}
          by={by}
          metric={settings.metric}
          onByChange={settings.setBy}
          onMetricChange={settings.setMetric}
          onNarrow={settings.narrow}
        />
        <OutlookPanel budgets={budgets} />
      </div>
      <div className="grid items-start gap-x-8 gap-y-3 min-[1400px]:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)]">
        <SpendBreakdown overview={overview} />
        <SessionLoads overview={overview} />
      </div>
    </div>
  );
}
