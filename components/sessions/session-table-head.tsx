import { HeaderCell } from '#components/ui/table.tsx';
import type { SessionSort } from '#lib/sessions/session-sort.ts';

const columns = [
  { label: 'Session', sort: null, isWide: false },
  { label: 'Context of its window', sort: 'context', isWide: true },
  { label: 'Size', sort: 'bytes', isWide: false },
  { label: 'Messages', sort: 'messages', isWide: true },
  { label: 'Tokens', sort: 'tokens', isWide: true },
  { label: 'Spend', sort: 'cost', isWide: false },
  { label: 'Last active', sort: 'lastActivity', isWide: true },
] as const satisfies readonly { label: string; sort: SessionSort | null; isWide: boolean }[];

export const sessionColumnsCount = columns.length;

/** The columns of `SessionTableRow`; the one sorted by is marked. */
export function SessionTableHead({ sort = null }: { readonly sort?: SessionSort | null }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <HeaderCell
            key={column.label}
            align={column.sort === null || column.sort === 'context' ? 'start' : 'end'}
            isWide={column.isWide}
            sort={column.sort !== null && column.sort === sort ? 'descending' : undefined}
          >
            {column.label}
            {column.sort !== null && column.sort === sort ? <span aria-hidden="true"> ↓</span> : null}
          </HeaderCell>
        ))}
      </tr>
    </thead>
  );
}
