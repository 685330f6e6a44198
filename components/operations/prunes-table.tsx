import { Money } from '#components/ui/money.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { formatBytes } from '#lib/format/format-bytes.ts';
import { formatCount } from '#lib/format/format-count.ts';
import type { PruneRow } from '#lib/operations/operations-report.ts';

/** What the toolkit calls its rules, in words. */
const described: Readonly<Record<string, string>> = {
  schema: 'schemas to keys and types',
  json: 'long JSON to its shape',
  text: 'long texts to head, tail and errors',
  repeat: 'repeated results to one line',
  tools: 'tool lists to names',
  context: 'context limit',
  compact: 'the past summed up',
  'leave out oldest': 'the oldest messages',
  trim: 'the oldest rounds while tools ran',
};

/** Savings by rule, the largest first. */
export function PrunesTable({ prunes }: { readonly prunes: readonly PruneRow[] }) {
  return (
    <Table label="Cut out of sessions, by rule">
      <thead>
        <tr>
          <HeaderCell>Rule</HeaderCell>
          <HeaderCell align="end">Times</HeaderCell>
          <HeaderCell align="end" isWide>
            Bytes
          </HeaderCell>
          <HeaderCell align="end">Tokens</HeaderCell>
          <HeaderCell align="end">Worth</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {prunes.map((rule) => (
          <tr key={`${rule.kind} ${rule.name}`}>
            <RowHeader>
              <span className="font-medium">{rule.name}</span>{' '}
              <span className="text-muted max-md:block">{described[rule.name] ?? ''}</span>
            </RowHeader>
            <Cell align="end">{formatCount(rule.count)}</Cell>
            <Cell align="end" isWide>
              {formatBytes(rule.bytesSaved)}
            </Cell>
            <Cell align="end">
              <TokenCount tokens={rule.tokensSaved} />
            </Cell>
            <Cell align="end">{rule.savedUsd === null ? '–' : <Money usd={rule.savedUsd} />}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
