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
};

/** A table with hairlines. It is as wide as its place and its columns share that width. */
export function Table({ label, children, rowCount }: TableProps) {
  return (
    <table aria-label={label} aria-rowcount={rowCount} className="w-full border-collapse text-sm">
      {children}
    </table>
  );
}

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
        'border-b border-hairline-strong py-2 pr-4 text-xs font-medium whitespace-nowrap text-muted last:pr-0',
        align === 'end' ? 'text-right' : 'text-left',
        isWide && 'max-md:hidden',
      )}
    >
      {children}
    </th>
  );
}

export function RowHeader({ children }: { readonly children: ReactNode }) {
  return (
    <th scope="row" className="max-w-0 border-b border-hairline py-2 pr-4 text-left align-top font-normal">
      {children}
    </th>
  );
}

export function Cell({ children, align = 'start', isWide = false }: CellProps) {
  return (
    <td
      className={classNames(
        'border-b border-hairline py-2 pr-4 align-top last:pr-0',
        align === 'end' ? 'text-right whitespace-nowrap' : 'text-left',
        isWide && 'max-md:hidden',
      )}
    >
      {children}
    </td>
  );
}
