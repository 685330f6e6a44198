import { queryOptions } from '@tanstack/react-query';
import type { MessagePage } from '#lib/chat/message-view.ts';
import { parseSeqFragment } from '#lib/chat/parse-seq-fragment.ts';
import { rowsPerPage } from '#lib/chat/window/page-cache.ts';
import { spanAround } from '#lib/chat/window/page-span.ts';
import { readMessagePage } from './read-message-page.ts';

/** Messages for whoever takes them first: the query's cache holds none of their texts after that. */
export type FirstPage = { readonly take: () => MessagePage | null };

/**
 * What a session is entered at: the page of the message that the address names, else its last messages. It needs
 * not wait for the session's own answer, and `askEarly` asks the same.
 */
export function firstPageQuery(sessionId: string) {
  return queryOptions({
    queryKey: ['chat', sessionId, 'first'],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    structuralSharing: false,
    queryFn: async ({ signal }) =>
      forOne(await readMessagePage({ sessionId, ...entryOf(window.location.hash), signal })),
  });
}

function entryOf(fragment: string) {
  const seq = parseSeqFragment(fragment);
  // More than a page follows the first message: the last page is answered instead.
  if (seq === null) return { from: 0, limit: rowsPerPage, gapMax: rowsPerPage };
  const { first, end } = spanAround(seq, 'start');
  return { from: first * rowsPerPage, limit: (end - first) * rowsPerPage };
}

function forOne(page: MessagePage): FirstPage {
  let held: MessagePage | null = page;
  return {
    take: () => {
      const taken = held;
      held = null;
      return taken;
    },
  };
}
