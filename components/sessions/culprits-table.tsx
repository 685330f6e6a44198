import { ByteSize } from '#components/ui/byte-size.tsx';
import { ShareBar } from '#components/ui/share-bar.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { prepareShares } from '#lib/charts/prepare-shares.ts';
import { nameKind } from '#lib/chat/name-kind.ts';
import { formatCount } from '#lib/format/format-count.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';

type Culprit = SessionDetail['culprits'][number];

/** The largest messages, how often they were read again since, and what that made. */
export function CulpritsTable({ culprits }: { readonly culprits: readonly Culprit[] }) {
  const shares = prepareShares(culprits.map((culprit) => culprit.bytes));
  return (
    <Table label="Largest messages">
      <thead>
        <tr>
          <HeaderCell>Message</HeaderCell>
          <HeaderCell align="end">Size</HeaderCell>
          <HeaderCell align="end" isWide>
            Tokens
          </HeaderCell>
          <HeaderCell align="end">Read again</HeaderCell>
          <HeaderCell align="end" isWide>
            Tokens of that
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {culprits.map((culprit, index) => (
          <CulpritRow key={culprit.seq} culprit={culprit} percent={shares[index] ?? 0} />
        ))}
      </tbody>
    </Table>
  );
}

function CulpritRow({ culprit, percent }: { readonly culprit: Culprit; readonly percent: number }) {
  const name = culprit.toolName ?? nameKind(culprit);
  return (
    <tr>
      <RowHeader>
        <span className="flex items-baseline gap-2">
          <a href={`#${culprit.seq}`} className="truncate font-medium hover:text-accent hover:underline">
            {name}
          </a>
          <span className="shrink-0 text-muted">no. {formatCount(culprit.seq)}</span>
        </span>
        <span className="mt-1.5 block max-w-64">
          <ShareBar percent={percent} />
        </span>
      </RowHeader>
      <Cell align="end">
        <ByteSize bytes={culprit.bytes} />
      </Cell>
      <Cell align="end" isWide>
        <TokenCount tokens={culprit.tokens} />
      </Cell>
      <Cell align="end">{culprit.rereads === 1 ? 'once' : `${formatCount(culprit.rereads)} times`}</Cell>
      <Cell align="end" isWide>
        <TokenCount tokens={culprit.rereadTokens} />
      </Cell>
    </tr>
  );
}
