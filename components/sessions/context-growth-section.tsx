'use client';

import dynamic from 'next/dynamic';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { prepareContextGrowth } from '#lib/charts/prepare-context-growth.ts';
import type { Session } from '#lib/client/session-query.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';

const ContextGrowthChart = dynamic(
  async () => (await import('#components/charts/context-growth-chart.tsx')).ContextGrowthChart,
  { ssr: false, loading: () => <Skeleton className="h-56" /> },
);

type ContextGrowthSectionProps = {
  readonly growth: Session['growth'];
  readonly modelWindow: number | null;
};

/** Context size call by call, under the model's window as the load line. */
export function ContextGrowthSection({ growth, modelWindow }: ContextGrowthSectionProps) {
  const drawing = prepareContextGrowth({ calls: growth, window: modelWindow });
  const isThinned = drawing.points.length < drawing.callsTotal;
  const sentence = `${formatCount(drawing.callsTotal)} calls, at most ${formatTokens(drawing.largest)} tokens`;
  const note = [
    `Tokens read by each call. ${sentence}.`,
    isThinned ? `${formatCount(drawing.points.length)} of them are drawn, all peaks among them.` : '',
    modelWindow === null ? '' : `The line is the model's window, ${formatTokens(modelWindow)} tokens.`,
  ];
  return (
    <Section title="How the context grew" note={note.filter(Boolean).join(' ')}>
      <div className="h-56">
        <ContextGrowthChart
          drawing={drawing}
          modelWindow={modelWindow}
          label={`Context by call: ${sentence}`}
        />
      </div>
    </Section>
  );
}
