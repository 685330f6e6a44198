import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { ChatList } from '#components/chat/chat-list.tsx';
import { ChatRow } from '#components/chat/chat-row.tsx';
import { DraftRow } from '#components/chat/draft-row.tsx';
import type { DraftView } from '#lib/chat/draft-view.ts';
import type { MessagePage } from '#lib/chat/message-view.ts';
import { type ChatStore, openChatStore } from '#lib/client/chat-store.ts';
import { makeMessage } from './make-message.ts';
import { PlainRow } from './plain-row.tsx';

export type MadeSession = {
  readonly store: ChatStore;
  /** The server's side: how many messages there are, and which line was cleared. */
  readonly line: { epoch: number; lastSeq: number; clearedThroughSeq: number };
  /** What is being written there. */
  readonly draft: { now: DraftView | null };
  readonly requests: () => number;
};

/** A session whose server is a function of this page: it answers at the next turn and keeps nothing. */
export function openMadeSession(options: {
  readonly rows: number;
  readonly isEvicting: boolean;
  readonly startSeq?: number;
  /** How long the server takes to answer. */
  readonly answerMs?: number;
}): MadeSession {
  const line = { epoch: 0, lastSeq: options.rows - 1, clearedThroughSeq: -1 };
  const draft: MadeSession['draft'] = { now: null };
  let requests = 0;
  const store = openChatStore({
    line: { ...line },
    startSeq: options.startSeq ?? null,
    isEvicting: options.isEvicting,
    onFrame: (callback) => requestAnimationFrame(callback),
    readPage: async ({ from, limit, gapMax = Number.POSITIVE_INFINITY, signal }): Promise<MessagePage> => {
      requests += 1;
      await new Promise((resolve) => setTimeout(resolve, options.answerMs ?? 1));
      signal.throwIfAborted();
      const start = line.lastSeq - from >= gapMax ? line.lastSeq + 1 - limit : from;
      const first = Math.max(start, line.clearedThroughSeq + 1);
      const end = Math.min(line.lastSeq + 1, start + limit);
      const messages = Array.from({ length: Math.max(0, end - first) }, (_, index) =>
        makeMessage(first + index),
      );
      const nextFrom = end <= line.lastSeq ? end : null;
      return { ...line, messages, previousTs: null, nextFrom, draft: nextFrom === null ? draft.now : null };
    },
  });
  return { store, line, draft, requests: () => requests };
}

const queryClient = new QueryClient();
const ignore = () => {};

type OwnListProps = { readonly store: ChatStore; readonly isPlain: boolean; readonly isEvicting: boolean };

/** The app's own list over a store, with plain rows or with the app's. */
export function OwnList({ store, isPlain, isEvicting }: OwnListProps) {
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
  const { firstSeq, lastSeq, version } = snapshot;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are read from the store, which has a new version.
  const renderRow = useCallback(
    (seq: number) => {
      if (seq > lastSeq) return <DraftRow store={store} place={seq - firstSeq + 1} previousTs={undefined} />;
      const message = store.row(seq);
      if (isPlain) return <PlainRow seq={seq} text={message?.preview ?? 'not there yet'} />;
      return (
        <ChatRow
          sessionId="made"
          seq={seq}
          message={message}
          previousTs={store.previousTime(seq)}
          place={seq - firstSeq + 1}
          count={lastSeq - firstSeq + 1}
          isNamed={false}
          isMarked={false}
          onContext={ignore}
        />
      );
    },
    [store, isPlain, version, firstSeq, lastSeq],
  );
  return (
    <QueryClientProvider client={queryClient}>
      <ChatList
        key={snapshot.epoch}
        id="list"
        label="Messages"
        store={store}
        snapshot={snapshot}
        renderRow={renderRow}
        isEvicting={isEvicting}
      />
    </QueryClientProvider>
  );
}
