'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { Table } from '#components/ui/table.tsx';
import type { SessionRow } from '#lib/sessions/session-row.ts';
import type { SessionSort } from '#lib/sessions/session-sort.ts';
import { SessionTableHead, sessionColumnsCount } from './session-table-head.tsx';
import { SessionTableRow } from './session-table-row.tsx';

type SessionsListProps = {
  readonly sessions: readonly SessionRow[];
  readonly sort: SessionSort;
  readonly hasMore: boolean;
};

const rowHeightPx = 57;
const overscanRows = 12;

/** A long list of sessions, of which only the rows near the screen are in the document. */
export function SessionsList({ sessions, sort, hasMore }: SessionsListProps) {
  // The virtualizer is one object that changes inside; the compiler would keep its first rows for ever.
  'use no memo';
  const place = useRef<HTMLDivElement>(null);
  const [topPx, setTopPx] = useState(0);
  useEffect(() => setTopPx(place.current?.offsetTop ?? 0), []);
  const virtualizer = useWindowVirtualizer({
    count: sessions.length,
    estimateSize: () => rowHeightPx,
    overscan: overscanRows,
    scrollMargin: topPx,
    getItemKey: (index) => sessions[index]?.id ?? index,
  });
  const rows = virtualizer.getVirtualItems();
  const abovePx = (rows[0]?.start ?? topPx) - topPx;
  const belowPx = virtualizer.getTotalSize() - ((rows.at(-1)?.end ?? topPx) - topPx);
  return (
    <div ref={place}>
      <Table label="Sessions" rowCount={hasMore ? -1 : sessions.length + 1}>
        <SessionTableHead sort={sort} />
        <SpacerRow heightPx={abovePx} />
        <tbody>
          {rows.map((row) => {
            const session = sessions[row.index];
            if (session === undefined) return null;
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
    </div>
  );
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
