'use client';

import { SessionsTable } from '#components/sessions/sessions-table.tsx';
import { Section } from '#components/ui/section.tsx';
import type { OverviewDays } from '#lib/client/overview-query.ts';
import type { Overview } from '#lib/usage/overview.ts';
import { ProjectionSection } from './projection-section.tsx';
import { SpendAnswer } from './spend-answer.tsx';
import { SpendPerDay } from './spend-per-day.tsx';
import { SpendTable } from './spend-table.tsx';

type OverviewContentProps = { readonly overview: Overview; readonly days: OverviewDays };

/** The answer, then the evidence, then the tables. */
export function OverviewContent({ overview, days }: OverviewContentProps) {
  const { byModel, byAgent, heaviestSessions } = overview;
  return (
    <div className="flex flex-col gap-8">
      <SpendAnswer overview={overview} days={days} />
      <SpendPerDay overview={overview} />
      <ProjectionSection />
      <Section
        title="By model"
        note="Latency is per call: half are faster than p50, one in twenty is slower than p95."
      >
        <SpendTable
          label="Spend by model"
          what="Model"
          rows={byModel.map((row) => ({ ...row, name: row.model, note: row.provider }))}
        />
      </Section>
      <Section title="By agent">
        <SpendTable
          label="Spend by agent"
          what="Agent"
          rows={byAgent.map((row) => ({ ...row, name: row.agent, note: null }))}
        />
      </Section>
      <Section
        title="Heaviest sessions"
        note="By the size of what they hold. What is large is read again on every call."
      >
        {heaviestSessions.length === 0 ? (
          <p className="text-muted">
            No event named a session yet. Send <code className="font-mono text-sm">session</code> with each
            call.
          </p>
        ) : (
          <SessionsTable label="Heaviest sessions" sessions={heaviestSessions} />
        )}
      </Section>
    </div>
  );
}
