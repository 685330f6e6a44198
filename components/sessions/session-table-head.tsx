import { classNames } from '#components/ui/class-names.ts';
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

type SessionTableHeadProps = {
  readonly sort?: SessionSort | null;
  /** Without it the columns are only named. */
  readonly onSort?: (sort: SessionSort) => void;
};

/** The columns of `SessionTableRow`, largest first by the one that is marked. */
export function SessionTableHead({ sort = null, onSort }: SessionTableHeadProps) {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const isSorted = column.sort !== null && column.sort === sort;
          return (
            <HeaderCell
              key={column.label}
              align={column.sort === null || column.sort === 'context' ? 'start' : 'end'}
              isWide={column.isWide}
              sort={isSorted ? 'descending' : undefined}
            >
              {column.sort === null || onSort === undefined ? (
                column.label
              ) : (
                <SortButton label={column.label} isSorted={isSorted} onClick={() => onSort(column.sort)} />
              )}
            </HeaderCell>
          );
        })}
      </tr>
    </thead>
  );
}

type SortButtonProps = { readonly label: string; readonly isSorted: boolean; readonly onClick: () => void };

function SortButton({ label, isSorted, onClick }: SortButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={classNames('rounded-sm hover:text-ink', isSorted && 'text-ink')}
    >
      {label}
      {isSorted ? <span aria-hidden="true"> ↓</span> : null}
    </button>
  );
}
