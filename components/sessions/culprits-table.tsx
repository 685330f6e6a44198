import { ByteSize } from '#components/ui/byte-size.tsx';
import { ShareBar } from '#components/ui/share-bar.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { nameKind } from '#lib/chat/name-kind.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';

type Culprit = SessionDetail['culprits'][number];

/** The largest messages, how often they were read again since, and what that made. */
export function CulpritsTable({ session }: { readonly session: SessionDetail }) {
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
            Tokens in all
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {session.culprits.map((culprit) => (
          <CulpritRow key={culprit.seq} culprit={culprit} share={shareOf(culprit, session)} />
        ))}
      </tbody>
    </Table>
  );
}

function CulpritRow({ culprit, share }: { readonly culprit: Culprit; readonly share: number }) {
  const name = culprit.toolName ?? nameKind(culprit);
  return (
    <tr>
      <RowHeader>
        <span className="flex items-baseline gap-2">
          <a href={`#${culprit.seq}`} className="truncate font-medium hover:text-accent hover:underline">
            {name}
          </a>
          <span className="shrink-0 text-muted">
            no. {formatCount(culprit.seq)}, {formatPercent(share)} of the session
          </span>
        </span>
        <span className="mt-1.5 block max-w-64">
          <ShareBar percent={share * 100} />
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

/** Of the bytes of all messages, cleared ones too, so that it never passes 1. */
function shareOf(culprit: Culprit, session: SessionDetail): number {
  return session.bytes > 0 ? Math.min(1, culprit.bytes / session.bytes) : 0;
}
