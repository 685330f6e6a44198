'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { contextPartLook } from '#lib/charts/context-part-look.ts';
import { type ContextGrowth, prepareContextGrowth } from '#lib/charts/prepare-context-growth.ts';
import { countOf } from '#lib/format/count-of.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';
import { GrowthTable } from './growth-table.tsx';

const ContextGrowthChart = dynamic(
  async () => (await import('#components/charts/context-growth-chart.tsx')).ContextGrowthChart,
  { ssr: false, loading: () => <Skeleton className="h-56" /> },
);

type ContextGrowthSectionProps = {
  readonly growth: SessionDetail['growth'];
  readonly modelWindow: number | null;
};

/** Context size call by call and what it consists of, under the model's window as the load line. */
export function ContextGrowthSection({ growth, modelWindow }: ContextGrowthSectionProps) {
  const [isTable, setIsTable] = useState(false);
  const drawing = prepareContextGrowth({ growth, window: modelWindow });
  const sentence = `${countOf(drawing.callsTotal, 'call')}, at most ${formatTokens(drawing.largest)} tokens`;
  return (
    <Section
      title="How the context grew"
      note={noteOf({ drawing, modelWindow, sentence })}
      actions={
        <Button size="small" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
          {isTable ? 'Show as chart' : 'Show as table'}
        </Button>
      }
    >
      {isTable ? (
        <GrowthTable drawing={drawing} />
      ) : (
        <>
          <Legend drawing={drawing} />
          <div className="h-56">
            <ContextGrowthChart
              drawing={drawing}
              modelWindow={modelWindow}
              label={`Context by call: ${sentence}`}
            />
          </div>
        </>
      )}
    </Section>
  );
}

function Legend({ drawing }: { readonly drawing: ContextGrowth }) {
  if (!drawing.hasParts) return null;
  return (
    <ul aria-label="Context of the last call" className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {drawing.lastParts.map(({ part, tokens, share }) => (
        <li key={part} className="flex items-center gap-2" title={`about ${formatCount(tokens)} tokens`}>
          <svg aria-hidden="true" width="8" height="8" className="shrink-0">
            <rect width="8" height="8" rx="1" fill={contextPartLook[part].color} />
          </svg>
          <span className="text-muted">{contextPartLook[part].label}</span>
          <span>
            {formatTokens(tokens)}, {formatPercent(share)}
          </span>
        </li>
      ))}
    </ul>
  );
}

type NoteInput = {
  readonly drawing: ContextGrowth;
  readonly modelWindow: number | null;
  readonly sentence: string;
};

function noteOf({ drawing, modelWindow, sentence }: NoteInput): string {
  const notes = [
    `Tokens read by each call. ${sentence}.`,
    drawing.points.length < drawing.callsTotal
      ? 'Neighbouring calls are drawn as one, at their largest.'
      : '',
    drawing.hasParts ? 'The total is measured; whose tokens they are is an estimate from the messages.' : '',
    modelWindow === null ? '' : `The line is the model's window, ${formatTokens(modelWindow)} tokens.`,
    drawing.breaks.length === 0 ? '' : 'Dashed: a new history began, compacted or cleared.',
  ];
  return notes.filter(Boolean).join(' ');
}
