import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

type Align = 'start' | 'end';
/** `wide` columns leave at phone width; their figure then stands under the row's name. */
type CellProps = {
  readonly children?: ReactNode;
  readonly align?: Align;
  readonly isWide?: boolean;
};

type TableProps = {
  /** Names the table for those who do not see the heading above it. */
  readonly label: string;
  readonly children: ReactNode;
  readonly rowCount?: number;
  /** Closer rows and columns, for a panel beside another. */
  readonly isDense?: boolean;
};

/** A table with hairlines, as wide as its place: the row's name takes what the figures leave, and is cut there. */
export function Table({ label, children, rowCount, isDense = false }: TableProps) {
  return (
    <table
      aria-label={label}
      aria-rowcount={rowCount}
      className={classNames(
        'w-full border-collapse text-sm',
        isDense &&
          '[&_:is(td,th):not(:first-child)]:pl-3 [&_tbody_:is(td,th)]:py-1.5 [&_thead_th]:h-7 [&_thead_th]:py-0',
      )}
    >
      {children}
    </table>
  );
}

/** A column's name; `sort` marks the one that the rows are sorted by. */
export function HeaderCell({
  children,
  align = 'start',
  isWide = false,
  sort,
}: CellProps & {
  readonly sort?: 'descending' | undefined;
}) {
  return (
    <th
      scope="col"
      aria-sort={sort}
      className={classNames(
        'border-b border-hairline-strong py-2 pl-4 text-xs font-medium whitespace-nowrap text-muted first:pl-0 md:pl-8',
        align === 'end' ? 'text-right' : 'text-left',
        isWide && 'max-md:hidden',
      )}
    >
      {children}
    </th>
  );
}

/** The row's name. It gives way first, so that figures are never cut. */
export function RowHeader({ children }: { readonly children: ReactNode }) {
  return (
    <th scope="row" className="w-full max-w-0 border-b border-hairline py-2 text-left align-top font-normal">
      {children}
    </th>
  );
}

/** A figure or word of a row. */
export function Cell({ children, align = 'start', isWide = false }: CellProps) {
  return (
    <td
      className={classNames(
        'border-b border-hairline py-2 pl-4 align-top first:pl-0 md:pl-8',
        align === 'end' ? 'text-right whitespace-nowrap' : 'text-left',
        isWide && 'max-md:hidden',
      )}
    >
      {children}
    </td>
  );
}
