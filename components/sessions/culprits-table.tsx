import { ByteSize } from '#components/ui/byte-size.tsx';
import { Money } from '#components/ui/money.tsx';
import { ShareBar } from '#components/ui/share-bar.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { nameKind } from '#lib/chat/name-kind.ts';
import { countOf } from '#lib/format/count-of.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatPercent } from '#lib/format/format-percent.ts';
import type { SessionDetail } from '#lib/sessions/session-row.ts';

type Culprit = SessionDetail['culprits'][number];

/** The largest messages, how often they were read again since, and what that cost. */
export function CulpritsTable({ session }: { readonly session: SessionDetail }) {
  return (
    <Table label="Largest messages">
      <thead>
        <tr>
          <HeaderCell>Message</HeaderCell>
          <WeightHeads />
        </tr>
      </thead>
      <tbody>
        {session.culprits.map((culprit) => (
          <CulpritRow key={culprit.seq} culprit={culprit} share={shareOf(culprit.bytes, session)} />
        ))}
      </tbody>
    </Table>
  );
}

/** The same by tool, all of its messages together. */
export function ToolsTable({ session }: { readonly session: SessionDetail }) {
  return (
    <Table label="Tools by weight">
      <thead>
        <tr>
          <HeaderCell>Tool</HeaderCell>
          <WeightHeads />
        </tr>
      </thead>
      <tbody>
        {session.tools.map((tool) => (
          <tr key={tool.toolName}>
            <RowHeader>
              <span className="flex flex-wrap items-baseline gap-x-2">
                <span className="min-w-0 truncate font-mono text-xs">{tool.toolName}</span>
                <span className="text-muted">
                  {countOf(tool.messages, 'message')}, {formatPercent(shareOf(tool.bytes, session))} of the
                  session
                </span>
              </span>
              <span className="mt-1.5 block max-w-64">
                <ShareBar percent={shareOf(tool.bytes, session) * 100} />
              </span>
            </RowHeader>
            <WeightCells of={tool} />
          </tr>
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
        <span className="flex flex-wrap items-baseline gap-x-2">
          <a
            href={`#${culprit.seq}`}
            className="min-w-0 truncate font-medium hover:text-accent hover:underline"
          >
            {name}
          </a>
          <span className="text-muted">
            no. {formatCount(culprit.seq)}, {formatPercent(share)} of the session
            {culprit.copies > 1 ? `, the same text ${formatCount(culprit.copies)} times` : ''}
          </span>
        </span>
        <span className="mt-1.5 block max-w-64">
          <ShareBar percent={share * 100} />
        </span>
      </RowHeader>
      <WeightCells of={culprit} />
    </tr>
  );
}

function WeightHeads() {
  return (
    <>
      <HeaderCell align="end">Size</HeaderCell>
      <HeaderCell align="end" isWide>
        Tokens
      </HeaderCell>
      <HeaderCell align="end" isWide>
        Read again
      </HeaderCell>
      <HeaderCell align="end" isWide>
        Tokens in all
      </HeaderCell>
      <HeaderCell align="end">Reading cost</HeaderCell>
    </>
  );
}

type Weight = Pick<Culprit, 'bytes' | 'tokens' | 'rereads' | 'rereadTokens' | 'rereadCostUsd'>;

function WeightCells({ of }: { readonly of: Weight }) {
  const { bytes, tokens, rereads, rereadTokens, rereadCostUsd } = of;
  return (
    <>
      <Cell align="end">
        <ByteSize bytes={bytes} />
      </Cell>
      <Cell align="end" isWide>
        <TokenCount tokens={tokens} />
      </Cell>
      <Cell align="end" isWide>
        {rereads === 1 ? 'once' : `${formatCount(rereads)} times`}
      </Cell>
      <Cell align="end" isWide>
        <TokenCount tokens={rereadTokens} />
      </Cell>
      <Cell align="end">
        {rereadCostUsd === null ? (
          <span className="text-muted">no price</span>
        ) : (
          <Money usd={rereadCostUsd} />
        )}
      </Cell>
    </>
  );
}

/** Of the bytes of all messages, cleared ones too, so that it never passes 1. */
function shareOf(bytes: number, session: SessionDetail): number {
  return session.bytes > 0 ? Math.min(1, bytes / session.bytes) : 0;
}
