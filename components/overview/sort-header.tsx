import { classNames } from '#components/ui/class-names.ts';
import type { SpendColumn, SpendOrder } from '#lib/overview/spend-row.ts';

type SortHeaderProps = {
  readonly column: SpendColumn;
  readonly label: string;
  readonly order: SpendOrder;
  readonly onOrderChange: (order: SpendOrder) => void;
  readonly isEnd?: boolean;
  readonly isWide?: boolean;
};

/** A column's name that sorts by it; pressed again, the other way round. */
export function SortHeader({
  column,
  label,
  order,
  onOrderChange,
  isEnd = false,
  isWide = false,
}: SortHeaderProps) {
  const isSorted = order.column === column;
  const isAscending = isSorted ? !order.isAscending : column === 'name';
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (order.isAscending ? 'ascending' : 'descending') : undefined}
      className={classNames(
        'border-b border-hairline-strong py-1 pl-4 text-xs font-medium whitespace-nowrap text-muted first:pl-0',
        isEnd ? 'text-right' : 'text-left',
        isWide && 'max-md:hidden',
      )}
    >
      <button
        type="button"
        onClick={() => onOrderChange({ column, isAscending })}
        className={classNames('h-6 rounded-sm hover:text-ink', isSorted && 'text-ink')}
      >
        {label}
        <span aria-hidden="true">{isSorted ? (order.isAscending ? ' ↑' : ' ↓') : ''}</span>
      </button>
    </th>
  );
}
