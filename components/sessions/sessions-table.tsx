import { Table } from '#components/ui/table.tsx';
import type { SessionRow } from '#lib/sessions/session-row.ts';
import { SessionTableHead } from './session-table-head.tsx';
import { SessionTableRow } from './session-table-row.tsx';

type SessionsTableProps = { readonly label: string; readonly sessions: readonly SessionRow[] };

/** A short list of sessions, all of it drawn. For a long one see `SessionsList`. */
export function SessionsTable({ label, sessions }: SessionsTableProps) {
  return (
    <Table label={label}>
      <SessionTableHead />
      <tbody>
        {sessions.map((session) => (
          <SessionTableRow key={`${session.agent} ${session.id}`} session={session} />
        ))}
      </tbody>
    </Table>
  );
}
