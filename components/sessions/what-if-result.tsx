import { LoadGauge } from '#components/ui/load-gauge.tsx';
import { Money } from '#components/ui/money.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { countOf } from '#lib/format/count-of.ts';
import { formatBytes } from '#lib/format/format-bytes.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import type { WhatIf, WhatIfSide } from '#lib/sessions/what-if.ts';

const whatStopped = {
  messages: 'a replay takes no more',
  bytes: 'a replay reads no more than 400 MB',
  time: 'it took 20 seconds',
} as const satisfies Record<NonNullable<WhatIf['stoppedBy']>, string>;

/** Before and after: what was sent, what it cost, how full it got and where it died. */
export function WhatIfResult({ whatIf }: { readonly whatIf: WhatIf }) {
  const { before, after, messages, messagesReplayed, windowTokens } = whatIf;
  const saved = before.tokens === 0 ? 0 : 1 - after.tokens / before.tokens;
  return (
    <div className="flex flex-col gap-4">
      <p>
        <span className="text-xl font-medium">{formatPercent(Math.max(0, saved))} fewer input tokens</span>{' '}
        <span className="text-muted">
          over {countOf(after.calls, 'call')}; {countOf(whatIf.resultsShortened, 'result')} shortened,{' '}
          {formatCount(whatIf.compactions)} times summed up.
          {whatIf.stoppedBy === null
            ? ''
            : ` Only the first ${formatCount(messagesReplayed)} of ${formatCount(messages)} messages were replayed: ${whatStopped[whatIf.stoppedBy]}.`}
        </span>
      </p>
      <div className="grid gap-3 md:grid-cols-2 md:gap-6">
        <LargestContext label="Largest context as it was" side={before} windowTokens={windowTokens} />
        <LargestContext label="Largest context with the rules" side={after} windowTokens={windowTokens} />
      </div>
      <Table label="The session as it was and with the rules">
        <thead>
          <tr>
            <HeaderCell>Estimated</HeaderCell>
            <HeaderCell align="end">As it was</HeaderCell>
            <HeaderCell align="end">With the rules</HeaderCell>
          </tr>
        </thead>
        <tbody>
          <Row name="Input tokens of all calls" before={before} after={after}>
            {(side) => <TokenCount tokens={side.tokens} />}
          </Row>
          <Row name="Worth as fresh input" before={before} after={after}>
            {(side) => (side.costUsd === null ? '–' : <Money usd={side.costUsd} />)}
          </Row>
          <Row name="Model" before={before} after={after}>
            {(side) => side.model ?? '–'}
          </Row>
          <Row name="History at the end" before={before} after={after}>
            {(side) => formatBytes(side.historyBytes)}
          </Row>
          <Row name="Larger than its window" before={before} after={after}>
            {(side) => (side.diesAtCall === null ? 'never' : `from call ${formatCount(side.diesAtCall)}`)}
          </Row>
        </tbody>
      </Table>
    </div>
  );
}

function LargestContext(props: {
  readonly label: string;
  readonly side: WhatIfSide;
  readonly windowTokens: number;
}) {
  return (
    <LoadGauge
      label={props.label}
      value={props.side.largestContext}
      limit={props.windowTokens}
      format={(tokens) => `${formatTokens(tokens)} tokens`}
    />
  );
}

function Row(props: {
  readonly name: string;
  readonly before: WhatIfSide;
  readonly after: WhatIfSide;
  readonly children: (side: WhatIfSide) => React.ReactNode;
}) {
  return (
    <tr>
      <RowHeader>{props.name}</RowHeader>
      <Cell align="end">{props.children(props.before)}</Cell>
      <Cell align="end">{props.children(props.after)}</Cell>
    </tr>
  );
}
