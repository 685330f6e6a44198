'use client';

import dynamic from 'next/dynamic';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { prepareContextGrowth } from '#lib/charts/prepare-context-growth.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';

const ContextGrowthChart = dynamic(
  async () => (await import('#components/charts/context-growth-chart.tsx')).ContextGrowthChart,
  { ssr: false, loading: () => <Skeleton className="h-56" /> },
);

type ContextGrowthSectionProps = {
  readonly growth: SessionDetail['growth'];
  readonly modelWindow: number | null;
};

/** Context size call by call, under the model's window as the load line. */
export function ContextGrowthSection({ growth, modelWindow }: ContextGrowthSectionProps) {
  const drawing = prepareContextGrowth({ growth, window: modelWindow });
  const isGrouped = drawing.points.length < drawing.callsTotal;
  const sentence = `${formatCount(drawing.callsTotal)} calls, at most ${formatTokens(drawing.largest)} tokens`;
  const note = [
    `Tokens read by each call. ${sentence}.`,
    isGrouped ? 'Neighbouring calls are drawn as one, at their largest.' : '',
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
