import type { Route } from 'next';
import Link from 'next/link';
import { ByteSize } from '#components/ui/byte-size.tsx';
import { LoadGauge } from '#components/ui/load-gauge.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { Spend } from '#components/usage/spend.tsx';
import { countOf } from '#lib/format/count-of.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import type { SessionLoad } from '#lib/overview/overview.ts';
import { describeOverflow, isSinking } from './describe-overflow.ts';

const callsAhead = 10;

type SessionLoadTableProps = { readonly label: string; readonly sessions: readonly SessionLoad[] };

/** A few sessions with their load, and where it is heading. */
export function SessionLoadTable({ label, sessions }: SessionLoadTableProps) {
  return (
    <Table label={label} isDense>
      <thead>
        <tr>
          <HeaderCell>Session</HeaderCell>
          <HeaderCell isWide>Context</HeaderCell>
          <HeaderCell align="end">Size</HeaderCell>
          <HeaderCell align="end">Spend</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {sessions.map((session) => (
          <SessionLoadRow key={`${session.agent} ${session.id}`} session={session} />
        ))}
      </tbody>
    </Table>
  );
}

function SessionLoadRow({ session }: { readonly session: SessionLoad }) {
  return (
    <tr>
      <RowHeader>
        <Link
          href={`/sessions/${encodeURIComponent(session.id)}` as Route}
          prefetch={false}
          title={session.id}
          className="block truncate font-medium hover:text-accent hover:underline"
        >
          {session.id}
        </Link>
        <span className="flex min-w-0 gap-2 text-xs text-muted">
          <span className="truncate">{session.agent}</span>
          {isSinking(session) ? (
            <span
              className={`shrink-0 font-medium ${session.callsLeft === 0 ? 'text-over-ink' : 'text-near-ink'}`}
            >
              {describeOverflow(session)}
            </span>
          ) : null}
        </span>
        <span className="block max-w-60 pt-1 md:hidden">
          <ContextLoad session={session} />
          <Growth session={session} />
        </span>
      </RowHeader>
      <Cell isWide>
        <span className="block w-30">
          <ContextLoad session={session} />
          <Growth session={session} />
        </span>
      </Cell>
      <Cell align="end">
        {session.messages === 0 ? '–' : <ByteSize bytes={session.bytes} />}
        <span className="block text-xs text-muted">
          {session.messages === 0 ? 'no messages' : countOf(session.messages, 'message')}
        </span>
      </Cell>
      <Cell align="end">
        <Spend costUsd={session.costUsd} unpricedTokens={session.unpricedTokens} />
        <span className="block text-xs text-muted">
          <RelativeTime at={session.lastActivity} />
        </span>
      </Cell>
    </tr>
  );
}

function Growth({ session: { tokensPerCall } }: { readonly session: SessionLoad }) {
  if (tokensPerCall === null || tokensPerCall < 1) return null;
  return <span className="block text-xs text-muted">+{formatTokens(Math.round(tokensPerCall))} a call</span>;
}

function ContextLoad({ session }: { readonly session: SessionLoad }) {
  const { contextTokens, modelWindow, tokensPerCall } = session;
  if (contextTokens === null) return <span className="text-xs text-muted">no call yet</span>;
  if (modelWindow === null || modelWindow <= 0) {
    return (
      <span className="text-xs text-muted">
        <TokenCount tokens={contextTokens} /> tokens of context, window unknown
      </span>
    );
  }
  return (
    <LoadGauge
      label={`Context of ${session.id}`}
      value={contextTokens}
      limit={modelWindow}
      heading={
        tokensPerCall === null || tokensPerCall < 1
          ? null
          : contextTokens + Math.round(tokensPerCall) * callsAhead
      }
      format={(tokens) => `${formatTokens(tokens)} tokens`}
      isCompact
    />
  );
}
