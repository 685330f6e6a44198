'use client';

import { measureElement, type Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useState } from 'react';

type MeasureRow = typeof measureElement<HTMLDivElement>;

/**
 * Measures rows as the list does by itself, but all that come in one commit before any of them is put in its place:
 * reading one after each was moved makes the browser lay the page out once for every row.
 */
export function useRowSizes(): MeasureRow {
  const [{ measure, forget }] = useState(openRowSizes);
  // Sizes are those of this commit: by the next one rows may have changed.
  useLayoutEffect(forget);
  return measure;
}

function openRowSizes(): { readonly measure: MeasureRow; readonly forget: () => void } {
  const read = new Map<Element, number>();
  const measure: MeasureRow = (row, entry, list) => {
    if (entry === undefined && !isMeasured(row, list)) {
      if (!read.has(row)) {
        for (const other of row.parentElement?.children ?? []) {
          if (other instanceof HTMLElement) read.set(other, other.offsetHeight);
        }
      }
      return read.get(row) ?? row.offsetHeight;
    }
    return measureElement(row, entry, list);
  };
  return { measure, forget: () => read.clear() };
}

function isMeasured(row: HTMLDivElement, list: Virtualizer<HTMLDivElement, HTMLDivElement>): boolean {
  return list.itemSizeCache.has(list.options.getItemKey(list.indexFromElement(row)));
}
