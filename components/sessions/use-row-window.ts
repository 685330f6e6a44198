'use client';

import { type RefObject, useEffect, useState } from 'react';

const rowHeightPxAtFirst = 53;
const rowsAtFirst = 30;
const overscanRows = 12;

type RowWindow = {
  /** The first row to draw, and the one after the last; there may be fewer rows than that. */
  readonly first: number;
  readonly end: number;
  readonly heightPx: number;
};

/**
 * Which rows of a long list are near the screen. All rows are of one height at any one width, which is read off
 * a drawn one (`tr[data-index]`): what serves lists of every kind costs the page 12 kB of script.
 */
export function useRowWindow(place: RefObject<HTMLElement | null>): RowWindow {
  const [rows, setRows] = useState<RowWindow>({ first: 0, end: rowsAtFirst, heightPx: rowHeightPxAtFirst });
  useEffect(() => {
    const list = place.current;
    if (list === null) return;
    const look = () => {
      const row = list.querySelector('tr[data-index]');
      const heightPx = row?.getBoundingClientRect().height || rowHeightPxAtFirst;
      const passedPx = -list.getBoundingClientRect().top;
      const first = Math.max(0, Math.floor(passedPx / heightPx) - overscanRows);
      const end = Math.max(rowsAtFirst, Math.ceil((passedPx + window.innerHeight) / heightPx) + overscanRows);
      setRows((before) =>
        before.first === first && before.end === end && before.heightPx === heightPx
          ? before
          : { first, end, heightPx },
      );
    };
    // Tells of the first rows, of more of them, and of another width.
    const observer = new ResizeObserver(look);
    observer.observe(list);
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, [place]);
  return rows;
}
