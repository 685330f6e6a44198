import Link from 'next/link';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Cell, HeaderCell, RowHeader, Table } from '#components/ui/table.tsx';
import { formatDuration } from '#lib/format/format-duration.ts';
import type { SlowOperation } from '#lib/operations/operations-report.ts';

/** The slowest operations, each with the session where it happened. */
export function SlowTable({ slow }: { readonly slow: readonly SlowOperation[] }) {
  return (
    <Table label="Slow operations">
      <thead>
        <tr>
          <HeaderCell>Operation</HeaderCell>
          <HeaderCell isWide>Agent</HeaderCell>
          <HeaderCell isWide>Session</HeaderCell>
          <HeaderCell align="end">Took</HeaderCell>
          <HeaderCell align="end">When</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {slow.map((operation) => (
          <tr
            key={`${operation.ts} ${operation.agent} ${operation.kind} ${operation.name} ${operation.durationMs}`}
          >
            <RowHeader>
              <span className="block truncate">
                <span className="font-medium">{operation.name}</span>{' '}
                <span className="text-muted">
                  {operation.kind}
                  {operation.status === 'ok' ? '' : `, ${operation.status}`}
                </span>
              </span>
              <span className="block truncate text-sm text-muted md:hidden">
                {operation.agent}
                {operation.session === null ? null : (
                  <>
                    {' · '}
                    <SessionLink session={operation.session} />
                  </>
                )}
              </span>
            </RowHeader>
            <Cell isWide>
              <span className="block max-w-40 truncate" title={operation.agent}>
                {operation.agent}
              </span>
            </Cell>
            <Cell isWide>
              {operation.session === null ? (
                '–'
              ) : (
                <span className="block max-w-56 truncate">
                  <SessionLink session={operation.session} />
                </span>
              )}
            </Cell>
            <Cell align="end">{formatDuration(operation.durationMs)}</Cell>
            <Cell align="end">
              <RelativeTime at={operation.ts} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function SessionLink({ session }: { readonly session: string }) {
  return (
    <Link
      href={`/sessions/${encodeURIComponent(session)}`}
      className="text-accent underline underline-offset-2"
    >
      {session}
    </Link>
  );
}
