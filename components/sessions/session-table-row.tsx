import type { Route } from 'next';
import Link from 'next/link';
import { Badge } from '#components/ui/badge.tsx';
import { ByteSize } from '#components/ui/byte-size.tsx';
import { LoadGauge } from '#components/ui/load-gauge.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Cell, RowHeader } from '#components/ui/table.tsx';
import { TokenCount } from '#components/ui/token-count.tsx';
import { NameMark } from '#components/usage/name-mark.tsx';
import { Spend } from '#components/usage/spend.tsx';
import { countOf } from '#lib/format/count-of.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { formatTokens } from '#lib/format/format-tokens.ts';
import type { SessionRow } from '#lib/sessions/session-row.ts';
import { sessionColumnsCount } from './session-table-head.tsx';

type SessionTableRowProps = {
  /** Null while the page that it is on is not here. */
  readonly session: SessionRow | null;
  /** Its place in a list that is only partly drawn, from 0. */
  readonly index?: number;
};

/** All rows are of one height, whatever stands in them: a long list reckons with it. */
const height = 'h-[93px] md:h-[53px]';

/** One session: who, how full its context, how large, what it cost. */
export function SessionTableRow({ session, index }: SessionTableRowProps) {
  const place = { 'data-index': index, 'aria-rowindex': index === undefined ? undefined : index + 2 };
  if (session === null) {
    return (
      <tr {...place} className={height}>
        <td colSpan={sessionColumnsCount} />
      </tr>
    );
  }
  return (
    <tr {...place} className={height}>
      <RowHeader>
        <Link
          href={`/sessions/${encodeURIComponent(session.id)}` as Route}
          prefetch={false}
          className="block truncate font-medium text-ink hover:text-accent hover:underline"
        >
          {session.id}
        </Link>
        <span className="flex items-center gap-2 text-xs text-muted">
          <span className="truncate">{session.agent}</span>
          {session.model === null ? null : (
            <>
              <NameMark by="model" name={session.model} />
              <span className="truncate">{session.model}</span>
            </>
          )}
          {session.cleared ? <Badge>cleared</Badge> : null}
        </span>
        <span className="block max-w-56 pt-1 md:hidden">
          <ContextLoad session={session} />
        </span>
        <span className="block text-xs text-muted md:hidden">
          {countOf(session.messages, 'message')} · <RelativeTime at={session.lastActivity} />
        </span>
      </RowHeader>
      <Cell isWide>
        <div className="w-32 pt-0.5 lg:w-44">
          <ContextLoad session={session} />
        </div>
      </Cell>
      <Cell align="end">
        <ByteSize bytes={session.bytes} />
      </Cell>
      <Cell align="end" isWide>
        {formatCount(session.messages)}
      </Cell>
      <Cell align="end" isWide>
        <TokenCount tokens={session.tokens} />
      </Cell>
      <Cell align="end">
        <Spend costUsd={session.costUsd} unpricedTokens={session.unpricedTokens} />
      </Cell>
      <Cell align="end" isWide>
        <RelativeTime at={session.lastActivity} />
      </Cell>
    </tr>
  );
}

function ContextLoad({ session }: { readonly session: SessionRow }) {
  const { contextTokens, modelWindow } = session;
  if (contextTokens === null) return <span className="text-muted">no call yet</span>;
  if (modelWindow === null || modelWindow <= 0) {
    return (
      <span className="text-muted">
        <TokenCount tokens={contextTokens} />, window unknown
      </span>
    );
  }
  return (
    <LoadGauge
      label={`Context of ${session.id}`}
      value={contextTokens}
      limit={modelWindow}
      format={(tokens) => `${formatTokens(tokens)} tokens`}
      isCompact
    />
  );
}
