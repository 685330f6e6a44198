'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ChatLine, ChatSnapshot } from '#lib/chat/window/chat-snapshot.ts';
import { type ChatStore, openChatStore } from '#lib/client/chat-store.ts';
import type { FirstPage } from '#lib/client/first-page-query.ts';
import { subscribeToChanges } from '#lib/client/live-changes.ts';
import { readMessagePage } from '#lib/client/read-message-page.ts';

/** The session's store for as long as its view is there, kept up with what comes. */
export function useChatStore(input: {
  readonly sessionId: string;
  readonly line: ChatLine;
  readonly startSeq: number | null;
  readonly firstPage: FirstPage | null;
}): { readonly store: ChatStore; readonly snapshot: ChatSnapshot } {
  const { sessionId, line, startSeq, firstPage } = input;
  const [store] = useState(() =>
    openChatStore({
      line,
      startSeq,
      firstPage: firstPage?.take() ?? null,
      readPage: (page) => readMessagePage({ sessionId, ...page }),
      onFrame: (callback) => requestAnimationFrame(callback),
    }),
  );
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  useEffect(() => {
    store.open();
    const leave = subscribeToChanges({
      session: sessionId,
      onChange: ({ topics, sessions }) => {
        const isOfChat = topics.includes('messages') || topics.includes('drafts');
        if (isOfChat && (sessions === 'many' || sessions.includes(sessionId))) {
          void store.refresh();
        }
      },
    });
    return () => {
      leave();
      store.close();
    };
  }, [store, sessionId]);
  return { store, snapshot };
}
