import { isIn, type PageSpan } from './page-span.ts';

type PageFetch = { readonly abort: AbortController; readonly done: Promise<void> };

export type PageFetches = ReturnType<typeof openPageFetches>;

/** What is on its way: requests by the pages that they bring. */
export function openPageFetches() {
  const fetches = new Map<number, PageFetch>();

  function forget(fetch: PageFetch): void {
    for (const [page, under] of fetches) if (under === fetch) fetches.delete(page);
  }

  return {
    get size() {
      return fetches.size;
    },
    /** The request that brings a page, if one is under way. */
    under: (page: number): Promise<void> | undefined => fetches.get(page)?.done,
    /** Starts one; pages that another brings stay that one's. It is forgotten when it ends. */
    start: ({ first, end }: PageSpan, read: (signal: AbortSignal) => Promise<void>): Promise<void> => {
      const abort = new AbortController();
      const fetch = { abort, done: read(abort.signal).finally(() => forget(fetch)) };
      for (let page = first; page < end; page++) if (!fetches.has(page)) fetches.set(page, fetch);
      return fetch.done;
    },
    /** Gives up what brings none of these pages. */
    abortOutside: (spans: readonly PageSpan[]): void => {
      for (const [page, { abort }] of fetches) {
        if (spans.some((span) => isIn(span, page))) continue;
        abort.abort();
        fetches.delete(page);
      }
    },
    abortAll: (): void => {
      for (const { abort } of fetches.values()) abort.abort();
      fetches.clear();
    },
  };
}
