import type { PageMessage } from '../message-view.ts';
import type { RowBounds } from './row-window.ts';

export const rowsPerPage = 50;

type Page = {
  /** By place in the page; a hole is a row that was not there yet. */
  readonly rows: readonly (PageMessage | undefined)[];
  readonly characters: number;
};

export type PageCache = {
  row(seq: number): PageMessage | undefined;
  /** True when every row of the page that there is, by these bounds, is held. Counts as a use. */
  isWhole(page: number, bounds: RowBounds): boolean;
  /** Puts rows into their pages; of pages that are not held it makes new ones only with `isNew`. */
  put(rows: readonly PageMessage[], options: { readonly isNew: boolean }): void;
  /** Keeps the pages that were used last. */
  trim(pagesMax: number): void;
  clear(): void;
  readonly pages: number;
  readonly rows: number;
  readonly characters: number;
};

export type PageCacheOptions = {
  readonly pagesMax: number;
  readonly charactersMax: number;
  /** For the negative control of the soak only. */
  readonly isEvicting?: boolean;
};

/** Pages of 50 rows by seq, the last used ones within both bounds. The page used last is always kept. */
export function openPageCache({ pagesMax, charactersMax, isEvicting = true }: PageCacheOptions): PageCache {
  // A Map keeps the order in which keys were set: the first is the one unused for longest.
  const pages = new Map<number, Page>();
  let characters = 0;

  function set(number: number, page: Page): void {
    characters += page.characters - (pages.get(number)?.characters ?? 0);
    pages.delete(number);
    pages.set(number, page);
  }

  function evict(max: number): void {
    for (const [number, page] of pages) {
      if (pages.size <= 1 || (pages.size <= max && characters <= charactersMax)) break;
      pages.delete(number);
      characters -= page.characters;
    }
  }

  return {
    row: (seq) => pages.get(pageOf(seq))?.rows[seq % rowsPerPage],
    isWhole: (number, bounds) => {
      const page = pages.get(number);
      if (page === undefined) return false;
      set(number, page);
      const start = number * rowsPerPage;
      const end = Math.min(rowsPerPage, bounds.end - start);
      for (let place = Math.max(0, bounds.first - start); place < end; place++) {
        if (page.rows[place] === undefined) return false;
      }
      return true;
    },
    put: (rows, { isNew }) => {
      for (const [number, group] of groupByPage(rows)) {
        const old = pages.get(number);
        if (old === undefined && !isNew) continue;
        set(number, withRows(old, group));
      }
      if (isEvicting) evict(pagesMax);
    },
    trim: (max) => evict(max),
    clear: () => {
      pages.clear();
      characters = 0;
    },
    get pages() {
      return pages.size;
    },
    get rows() {
      return [...pages.values()].reduce((sum, page) => sum + page.rows.length, 0);
    },
    get characters() {
      return characters;
    },
  };
}

export function pageOf(seq: number): number {
  return Math.floor(seq / rowsPerPage);
}

function groupByPage(rows: readonly PageMessage[]): ReadonlyMap<number, readonly PageMessage[]> {
  const groups = new Map<number, PageMessage[]>();
  for (const row of rows) {
    const group = groups.get(pageOf(row.seq));
    if (group) group.push(row);
    else groups.set(pageOf(row.seq), [row]);
  }
  return groups;
}

function withRows(old: Page | undefined, added: readonly PageMessage[]): Page {
  const rows = [...(old?.rows ?? [])];
  for (const row of added) rows[row.seq % rowsPerPage] = row;
  return { rows, characters: rows.reduce((sum, row) => sum + weightOf(row), 0) };
}

/** Text and about what the rest of a row takes. */
function weightOf(row: PageMessage | undefined): number {
  return row === undefined ? 0 : (row.preview?.length ?? 0) + 300;
}
