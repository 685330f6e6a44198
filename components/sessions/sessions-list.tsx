'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Table } from '#components/ui/table.tsx';
import { isNarrowed, type SessionFilter } from '#lib/client/sessions-query.ts';
import type { SessionSort } from '#lib/sessions/session-sort.ts';
import { moveFocus } from './move-focus.ts';
import { SessionTableHead, sessionColumnsCount } from './session-table-head.tsx';
import { SessionTableRow } from './session-table-row.tsx';
import { SessionsEmpty } from './sessions-empty.tsx';
import { type SessionPages, useSessionPages } from './use-session-pages.ts';

type SessionsListProps = {
  readonly filter: SessionFilter;
  readonly onSort: (sort: SessionSort) => void;
};

const rowHeightPx = 57;
const overscanRows = 12;
const rowsAtFirst = 30;

/**
 * A list of any length, of which only the rows near the screen are in the document and only their pages in
 * memory. Arrow keys go from session to session, Enter opens one. Remount it for another filter.
 */
export function SessionsList({ filter, onSort }: SessionsListProps) {
  // The virtualizer is one object that changes inside; the compiler would keep its first rows for ever.
  'use no memo';
  const place = useRef<HTMLDivElement>(null);
  const [topPx, setTopPx] = useState(0);
  const [seen, setSeen] = useState({ first: 0, last: rowsAtFirst });
  const pages = useSessionPages(filter, seen);
  useEffect(() => setTopPx(place.current?.offsetTop ?? 0), []);
  const virtualizer = useWindowVirtualizer({
    count: pages.count,
    estimateSize: () => rowHeightPx,
    overscan: overscanRows,
    scrollMargin: topPx,
    onChange: ({ range }) => {
      const [first, last] = [range?.startIndex ?? 0, range?.endIndex ?? rowsAtFirst];
      setSeen((before) => (before.first === first && before.last === last ? before : { first, last }));
    },
  });
  if (pages.count === 0) {
    return (
      <div ref={place}>
        <Failure pages={pages} />
        {pages.error === null && !pages.hasMore ? <SessionsEmpty isFiltered={isNarrowed(filter)} /> : null}
        {pages.error === null && pages.hasMore ? (
          <LoadingRegion label="Loading sessions">
            <Skeleton className="h-[480px]" />
          </LoadingRegion>
        ) : null}
      </div>
    );
  }
  const rows = virtualizer.getVirtualItems();
  const abovePx = (rows[0]?.start ?? topPx) - topPx;
  const belowPx = virtualizer.getTotalSize() - ((rows.at(-1)?.end ?? topPx) - topPx);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the links inside take the focus and the keys.
    <div ref={place} onKeyDown={(event) => goOn(event, pages.count)}>
      <Table label="Sessions" rowCount={pages.hasMore ? -1 : pages.count + 1}>
        <SessionTableHead sort={filter.sort} onSort={onSort} />
        <SpacerRow heightPx={abovePx} />
        <tbody>
          {rows.map((row) => {
            const session = pages.rowAt(row.index);
            if (session === null) return <SpacerCell key={row.key} heightPx={row.size} index={row.index} />;
            return (
              <SessionTableRow
                key={row.key}
                session={session}
                index={row.index}
                measure={virtualizer.measureElement}
              />
            );
          })}
        </tbody>
        <SpacerRow heightPx={belowPx} />
      </Table>
      <Failure pages={pages} />
    </div>
  );
}

function Failure({ pages }: { readonly pages: SessionPages }) {
  if (pages.error === null) return null;
  return (
    <ErrorState
      title={pages.count === 0 ? 'The sessions could not be loaded.' : 'More sessions could not be loaded.'}
      error={pages.error}
      onRetry={pages.retry}
      isRetrying={pages.isFetching}
    />
  );
}

function goOn(event: KeyboardEvent<HTMLElement>, count: number): void {
  if (moveFocus({ key: event.key, within: event.currentTarget, count })) event.preventDefault();
}

/** Stands for the rows that are not drawn. */
function SpacerRow({ heightPx }: { readonly heightPx: number }) {
  if (heightPx <= 0) return null;
  return (
    <tbody aria-hidden="true">
      <SpacerCell heightPx={heightPx} />
    </tbody>
  );
}

/** Room for rows that are not drawn, or for one whose page is on its way. */
function SpacerCell({ heightPx, index }: { readonly heightPx: number; readonly index?: number }) {
  return (
    <tr data-index={index}>
      <td colSpan={sessionColumnsCount} style={{ height: heightPx }} />
    </tr>
  );
}
