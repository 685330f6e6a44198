import { pageOf, rowsPerPage } from './page-cache.ts';

/** Pages that lie side by side, `end` not included. */
export type PageSpan = { readonly first: number; readonly end: number };

export function isIn({ first, end }: PageSpan, page: number): boolean {
  return page >= first && page < end;
}

/** The page of a row, with the one beside it that will be on the screen too. */
export function spanAround(seq: number, align: 'start' | 'end'): PageSpan {
  const page = pageOf(seq);
  const isLate = seq % rowsPerPage >= rowsPerPage / 2;
  if (align === 'start') return { first: page, end: isLate ? page + 2 : page + 1 };
  return { first: isLate ? page : Math.max(0, page - 1), end: page + 1 };
}
