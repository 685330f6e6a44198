'use client';

import { type KeyboardEvent, lazy, Suspense, useRef } from 'react';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LoadingRegion } from '#components/ui/loading-region.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Table } from '#components/ui/table.tsx';
import { isNarrowed, type SessionFilter } from '#lib/client/sessions-query.ts';
import type { SessionSort } from '#lib/sessions/session-sort.ts';
import { moveFocus } from './move-focus.ts';
import { SessionTableHead, sessionColumnsCount } from './session-table-head.tsx';
import { SessionTableRow } from './session-table-row.tsx';
import { useRowWindow } from './use-row-window.ts';
import { type SessionPages, useSessionPages } from './use-session-pages.ts';

// With the command that fills it, which a list with sessions does not need.
const SessionsEmpty = lazy(async () => ({
  default: (await import('./sessions-empty.tsx')).SessionsEmpty,
}));

type SessionsListProps = {
  readonly filter: SessionFilter;
  readonly onSort: (sort: SessionSort) => void;
};

/**
 * A list of any length, of which only the rows near the screen are in the document and only their pages in
 * memory. Arrow keys go from session to session, Enter opens one. Remount it for another filter.
 */
export function SessionsList({ filter, onSort }: SessionsListProps) {
  const place = useRef<HTMLDivElement>(null);
  const rows = useRowWindow(place);
  const pages = useSessionPages(filter, { first: rows.first, last: rows.end });
  if (pages.count === 0) {
    return (
      <div ref={place}>
        <Failure pages={pages} />
        {pages.error === null && !pages.hasMore ? (
          <Suspense>
            <SessionsEmpty isFiltered={isNarrowed(filter)} />
          </Suspense>
        ) : null}
        {pages.error === null && pages.hasMore ? (
          <LoadingRegion label="Loading sessions">
            <Skeleton className="h-[480px]" />
          </LoadingRegion>
        ) : null}
      </div>
    );
  }
  const end = Math.min(rows.end, pages.count);
  const first = Math.min(rows.first, end);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the links inside take the focus and the keys.
    <div ref={place} onKeyDown={(event) => goOn(event, pages.count)}>
      <Table label="Sessions" rowCount={pages.hasMore ? -1 : pages.count + 1}>
        <SessionTableHead sort={filter.sort} onSort={onSort} />
        <SpacerRow heightPx={first * rows.heightPx} />
        <tbody>
          {Array.from({ length: end - first }, (_, drawn) => {
            const index = first + drawn;
            return <SessionTableRow key={index} session={pages.rowAt(index)} index={index} />;
          })}
        </tbody>
        <SpacerRow heightPx={(pages.count - end) * rows.heightPx} />
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
      <tr>
        <td colSpan={sessionColumnsCount} style={{ height: heightPx }} />
      </tr>
    </tbody>
  );
}
