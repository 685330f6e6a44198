'use client';

import { useQuery } from '@tanstack/react-query';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { postMortemQuery } from '#lib/client/post-mortem-query.ts';
import { formatBytes } from '#lib/format/format-bytes.ts';
import { formatCount } from '#lib/format/format-count.ts';
import type { CallStep, PostMortem } from '#lib/sessions/post-mortem.ts';

const causes = {
  overflow: 'It overflowed: its context reached the window of its model.',
  errors: 'It failed: at least three of its last five calls ended in an error.',
  silence: 'It fell silent: its last message has had no answer for more than an hour.',
} as const satisfies Record<NonNullable<PostMortem['cause']>, string>;

const rules = {
  resultBytesMax: 'Tool results shortened above 10 KB would have helped most: try it below under “What if”.',
  historyBytesMax: 'A limit on the history would have helped most: try it below under “What if”.',
} as const satisfies Record<NonNullable<PostMortem['rule']>, string>;

/** Why a session died. Nothing is shown while it looks well, or while that is not known. */
export function PostMortemSection({ sessionId }: { readonly sessionId: string }) {
  const { data: found } = useQuery(postMortemQuery(sessionId));
  if (found === undefined || found.cause === null) return null;
  const { cause, steps, culprit, rule } = found;
  return (
    <Section title="Post-mortem" note={causes[cause]}>
      {culprit === null || cause !== 'overflow' ? null : (
        <p>
          The heaviest message is{' '}
          <a href={`#${culprit.seq}`} className="text-accent underline underline-offset-2">
            {culprit.toolName ?? `message ${culprit.seq}`}
          </a>{' '}
          with {formatBytes(culprit.bytes)}, read again by {formatCount(culprit.rereads)} later calls.{' '}
          {rule === null ? null : rules[rule]}
        </p>
      )}
      {steps.length === 0 ? null : <StepsTable steps={steps} />}
    </Section>
  );
}

function StepsTable({ steps }: { readonly steps: readonly CallStep[] }) {
  return (
    <Table label="The last calls">
      <thead>
        <tr>
          <HeaderCell>Call</HeaderCell>
          <HeaderCell align="end">Context</HeaderCell>
          <HeaderCell align="end">Growth</HeaderCell>
          <HeaderCell align="end">When</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two calls may share an instant, and the list never moves.
          <tr key={`${step.ts} ${index}`}>
            <RowHeader>
              <span className="block truncate" title={step.error ?? undefined}>
                {step.status === 'ok' ? 'answered' : step.status}
                {step.error === null ? null : <span className="text-muted"> {step.error}</span>}
              </span>
            </RowHeader>
            <Cell align="end">
              <TokenCount tokens={step.contextTokens} />
            </Cell>
            <Cell align="end">{step.growthTokens === null ? '–' : signed(step.growthTokens)}</Cell>
            <Cell align="end">
              <RelativeTime at={step.ts} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function signed(tokens: number): string {
  return tokens > 0 ? `+${formatCount(tokens)}` : formatCount(tokens);
}
