import type { Route } from 'next';
import Link from 'next/link';
import { Badge } from '#components/ui/badge.tsx';
import { ByteSize } from '#components/ui/byte-size.tsx';
import { LoadGauge } from '#components/ui/load-gauge.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { Spend } from '#components/usage/spend.tsx';
import { formatCount } from '#lib/format/format-count.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import type { SessionLoad } from '#lib/overview/overview.ts';
import { describeOverflow, isSinking } from './describe-overflow.ts';

const callsAhead = 10;

type SessionLoadTableProps = { readonly label: string; readonly sessions: readonly SessionLoad[] };

/** A few sessions with their load, and where it is heading. */
export function SessionLoadTable({ label, sessions }: SessionLoadTableProps) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <HeaderCell>Session</HeaderCell>
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
  const { tokensPerCall } = session;
  return (
    <tr>
      <RowHeader>
        <span className="flex items-center gap-2">
          <Link
            href={`/sessions/${encodeURIComponent(session.id)}` as Route}
            prefetch={false}
            className="truncate font-medium hover:text-accent hover:underline"
          >
            {session.id}
          </Link>
          {isSinking(session) ? (
            <Badge tone={session.callsLeft === 0 ? 'over' : 'near'}>{describeOverflow(session)}</Badge>
          ) : null}
        </span>
        <span className="block truncate text-xs text-muted">
          {session.agent} · {session.messages === 0 ? 'no' : formatCount(session.messages)} messages ·{' '}
          <RelativeTime at={session.lastActivity} />
          {tokensPerCall === null || tokensPerCall < 1 ? null : (
            <> · +{formatTokens(Math.round(tokensPerCall))} tokens a call</>
          )}
        </span>
        <span className="block max-w-80 pt-1">
          <ContextLoad session={session} />
        </span>
      </RowHeader>
      <Cell align="end">{session.messages === 0 ? '–' : <ByteSize bytes={session.bytes} />}</Cell>
      <Cell align="end">
        <Spend costUsd={session.costUsd} unpricedTokens={session.unpricedTokens} />
      </Cell>
    </tr>
  );
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
