import type { MessagePage } from '#lib/chat/message-view.ts';
import {
  type ChatLine,
  type ChatSnapshot,
  firstSnapshot,
  laterLine,
} from '#lib/chat/window/chat-snapshot.ts';
import { openPageCache } from '#lib/chat/window/page-cache.ts';
import type { RowBounds } from '#lib/chat/window/row-window.ts';

export type ChatState = ReturnType<typeof openChatState>;

type StateOptions = {
  readonly line: ChatLine;
  readonly startSeq: number | null;
  readonly firstPage: MessagePage | null;
  readonly isEvicting: boolean;
};

const pagesMax = 40;
const charactersMax = 8_000_000;

/** What a chat shows, who hears of it, and the pages that it is drawn from. */
export function openChatState({ line, startSeq, firstPage, isEvicting }: StateOptions) {
  const cache = openPageCache({ pagesMax, charactersMax, isEvicting });
  const listeners = new Set<() => void>();
  /** By the seq of an answer's first message, the time of the one before it. */
  const previousTimes = new Map<number, string | null>();
  let snapshot = firstSnapshot(firstPage === null ? line : laterLine(line, firstPage), startSeq);
  if (firstPage?.epoch === snapshot.epoch) hold(firstPage);

  function set(change: Partial<ChatSnapshot>): void {
    snapshot = { ...snapshot, ...change };
    for (const listener of [...listeners]) listener();
  }

  function hold({ messages, previousTs }: MessagePage): void {
    const [first] = messages;
    if (first !== undefined) previousTimes.set(first.seq, previousTs);
    if (previousTimes.size > pagesMax * 2) previousTimes.delete(previousTimes.keys().next().value ?? -1);
    cache.put(messages, { isNew: true });
  }

  function forget(): void {
    cache.clear();
    previousTimes.clear();
  }

  return {
    cache,
    snapshot: () => snapshot,
    set,
    /** Rows came or went: what is drawn from the cache is drawn again. */
    redraw: (change: Partial<ChatSnapshot> = {}) => set({ ...change, version: snapshot.version + 1 }),
    bounds: (): RowBounds => ({ first: snapshot.firstSeq, end: snapshot.lastSeq + 1 }),
    hold,
    forget,
    /** Begins anew where a clearing, or its undo, has left the session. */
    restart: (fresh: ChatLine) => {
      forget();
      set({ ...firstSnapshot(fresh, null), version: snapshot.version + 1 });
    },
    /** Time of the message before this one; undefined where that is not known. */
    previousTime: (seq: number): string | null | undefined =>
      cache.row(seq - 1)?.ts ?? previousTimes.get(seq),
    listeners: () => listeners.size,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
