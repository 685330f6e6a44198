import type { MessagePage, PageMessage } from '#lib/chat/message-view.ts';
import type { ChatJump, ChatLine } from '#lib/chat/window/chat-snapshot.ts';
import { openPageFetches } from '#lib/chat/window/page-fetches.ts';
import { openChatPages } from './chat-pages.ts';
import type { ReadPage } from './chat-source.ts';
import { openChatState } from './chat-state.ts';
import { openChatTail } from './chat-tail.ts';

export type ChatStats = {
  readonly pages: number;
  readonly rows: number;
  readonly characters: number;
  readonly ring: number;
  readonly fetching: number;
  readonly listeners: number;
};

export type ChatStoreOptions = {
  readonly line: ChatLine;
  readonly startSeq: number | null;
  /** Messages that were read beside the line, so that the first rows drawn are whole. */
  readonly firstPage?: MessagePage | null;
  readonly readPage: ReadPage;
  /** Calls back before the next frame; never while the tab is hidden. */
  readonly onFrame: (callback: () => void) => void;
  readonly isEvicting?: boolean;
};

export type ChatStore = ReturnType<typeof openChatStore>;

/** What stays of the pages when memory is short. */
const trimmedPages = 6;

/**
 * A session in the browser: a bounded set of pages, a window of at most 2,000 rows, and the tail. It never
 * holds the session, whatever its length.
 */
export function openChatStore(options: ChatStoreOptions) {
  const { line, startSeq, readPage, onFrame, firstPage = null, isEvicting = true } = options;
  const state = openChatState({ line, startSeq, firstPage, isEvicting });
  const { cache } = state;
  const fetches = openPageFetches();
  let isClosed = false;
  const shared = { state, fetches, readPage, onFrame, accept, isClosed: () => isClosed };
  const tail = openChatTail({ ...shared, toEnd });
  const pages = openChatPages({ ...shared, grow: tail.grow });

  function accept(answer: MessagePage): boolean {
    const { epoch } = state.snapshot();
    if (isClosed || answer.epoch < epoch) return false;
    if (answer.epoch > epoch) {
      reset(answer);
      return false;
    }
    tail.heedDraft(answer);
    return true;
  }

  function reset(fresh: ChatLine): void {
    abortAll();
    tail.clear();
    state.restart(fresh);
  }

  function abortAll(): void {
    fetches.abortAll();
    pages.forgetJump();
  }

  function toEnd(): Promise<void> {
    return pages.jumpTo(state.snapshot().lastSeq, 'end');
  }

  return {
    subscribe: state.subscribe,
    snapshot: state.snapshot,
    row: (seq: number): PageMessage | undefined => cache.row(seq),
    previousTime: state.previousTime,
    see: pages.see,
    /** The message that is being written, for its row alone: it does not change the snapshot. */
    draft: tail.draft,
    subscribeDraft: tail.subscribeDraft,
    /** What is on the screen, for what moves with every scroll: it does not change the snapshot. */
    seen: pages.seen,
    subscribeSeen: pages.subscribeSeen,
    jumpTo: (seq: number, align?: ChatJump['align']) => pages.jumpTo(seq, align),
    toEnd,
    receive: tail.receive,
    refresh: tail.refresh,
    setFollowing: (isFollowing: boolean) => {
      const { isFollowing: wasFollowing, window, lastSeq, unseen } = state.snapshot();
      if (isFollowing === wasFollowing) return;
      if (isFollowing && window.end <= lastSeq) return;
      state.set({ isFollowing, unseen: isFollowing ? 0 : unseen });
    },
    /** A clearing or undo that this tab asked for, or another told of. */
    moveLine: (moved: ChatLine) => {
      if (moved.epoch > state.snapshot().epoch) reset(moved);
    },
    retry: () => state.redraw({ error: null }),
    /** Lets go of all pages but the last used ones; @returns how many went. */
    trim: (): number => {
      const before = cache.pages;
      cache.trim(trimmedPages);
      if (cache.pages < before) state.redraw();
      return before - cache.pages;
    },
    stats: (): ChatStats => ({
      pages: cache.pages,
      rows: cache.rows,
      characters: cache.characters,
      ring: tail.size(),
      fetching: fetches.size,
      listeners: state.listeners() + pages.listeners(),
    }),
    close: () => {
      isClosed = true;
      abortAll();
      tail.clear();
      state.forget();
    },
    /** A store that was closed by an effect's clean-up is used again when React mounts it again. */
    open: () => {
      if (!isClosed) return;
      isClosed = false;
      state.redraw();
    },
  };
}
