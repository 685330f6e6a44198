import type { MessagePage, PageMessage } from '#lib/chat/message-view.ts';
import { rowsPerPage } from '#lib/chat/window/page-cache.ts';
import type { PageFetches } from '#lib/chat/window/page-fetches.ts';
import type { PageSpan } from '#lib/chat/window/page-span.ts';
import { growWindow } from '#lib/chat/window/row-window.ts';
import { openTailRing } from '#lib/chat/window/tail-ring.ts';
import type { ReadPage } from './chat-source.ts';
import type { ChatState } from './chat-state.ts';
import { openDraftTail } from './draft-tail.ts';

type TailOptions = {
  readonly state: ChatState;
  readonly fetches: PageFetches;
  readonly readPage: ReadPage;
  readonly onFrame: (callback: () => void) => void;
  /** @returns false when the answer is of an epoch that is over, or began a new one. */
  readonly accept: (answer: MessagePage) => boolean;
  readonly toEnd: () => Promise<void>;
  readonly isClosed: () => boolean;
};

const ringMax = 500;
const tailLimit = 200;
/** What is new at the end is read beside the pages, under a number that no page has. */
export const tailSpan: PageSpan = { first: -1, end: 0 };

/** What comes at the end: messages, drawn with the next frame, and what is being written behind them. */
export function openChatTail(options: TailOptions) {
  const { state, fetches, readPage, onFrame, accept, toEnd, isClosed } = options;
  const { cache } = state;
  const ring = openTailRing<PageMessage>(ringMax);
  const draft = openDraftTail({ onSilence: () => void refresh() });
  let isFramePending = false;
  let refreshing: Promise<void> | null = null;
  let isRefreshWanted = false;

  /** What is being written is known at the end only, where a page that was asked for before may come later. */
  function heedDraft({ draft: told, nextFrom, lastSeq, messages }: MessagePage): void {
    const { lastSeq: knownSeq } = state.snapshot();
    if (lastSeq < knownSeq || (nextFrom !== null && lastSeq === knownSeq)) return;
    const isNewest = lastSeq > knownSeq || (messages[0]?.seq ?? lastSeq + 1) > knownSeq;
    if (!isNewest && (told === null || !draft.isLater(told))) return;
    if (draft.tell(nextFrom === null ? told : null)) drawSoon();
  }

  /** Rows were added behind the last one; those in the ring are already in their pages. */
  function grow(lastSeq: number): void {
    const { firstSeq: first, hasDraft, isFollowing, window, unseen, ...known } = state.snapshot();
    const oldEnd = known.lastSeq + 1;
    // Who is not taken along keeps what is seen: the row of a draft becomes the message that has its place.
    const ownEnd = hasDraft ? oldEnd + 1 : oldEnd;
    const end = isFollowing ? lastSeq + 1 : ownEnd;
    state.set({
      lastSeq,
      window: end > oldEnd ? growWindow(window, oldEnd, { first, end }) : window,
      unseen: isFollowing ? 0 : unseen + (lastSeq + 1 - oldEnd),
      hasDraft: draft.draw(),
    });
  }

  function flush(): void {
    isFramePending = false;
    if (isClosed()) return;
    const { items, dropped } = ring.takeAll();
    const last = items[items.length - 1];
    if (last === undefined) {
      drawDraft();
      return;
    }
    cache.put(items, { isNew: state.snapshot().isFollowing && dropped === 0 });
    if (last.seq > state.snapshot().lastSeq) grow(last.seq);
    drawDraft();
    state.redraw();
    if (dropped > 0 && state.snapshot().isFollowing) void toEnd();
  }

  function drawDraft(): void {
    const hasDraft = draft.draw();
    if (hasDraft !== state.snapshot().hasDraft) state.set({ hasDraft });
  }

  function receive(messages: readonly PageMessage[]): void {
    ring.push(messages);
    drawSoon();
  }

  function drawSoon(): void {
    if (isFramePending) return;
    isFramePending = true;
    onFrame(flush);
  }

  function refresh(): Promise<void> {
    if (refreshing !== null) {
      isRefreshWanted = true;
      return refreshing;
    }
    refreshing = fetches.start(tailSpan, readTail).finally(() => {
      refreshing = null;
      if (!isRefreshWanted || isClosed()) return;
      isRefreshWanted = false;
      void refresh();
    });
    return refreshing;
  }

  async function readTail(signal: AbortSignal): Promise<void> {
    let from = state.snapshot().lastSeq + 1;
    try {
      for (;;) {
        const { isFollowing } = state.snapshot();
        const limit = isFollowing ? tailLimit : 1;
        const answer = await readPage({ from, limit, gapMax: ringMax, signal });
        if (signal.aborted || !accept(answer)) return;
        if (answer.lastSeq < from) return;
        if (!isFollowing) {
          cache.put(answer.messages, { isNew: from % rowsPerPage === 0 });
          return grow(answer.lastSeq);
        }
        if (answer.lastSeq - from >= ringMax) {
          // Never replayed: who was away for long goes to the end, which came with this answer.
          cache.put(answer.messages, { isNew: true });
          grow(answer.lastSeq);
          return await toEnd();
        }
        receive(answer.messages);
        if (answer.nextFrom === null) return;
        from = answer.nextFrom;
      }
    } catch {
      // The next change asks again; what is shown stays.
    }
  }

  return {
    heedDraft,
    grow,
    /** Messages of the tail, in order. They are drawn with the next frame. */
    receive,
    /** Asks what is new: once, however often it is called while the answer is under way. */
    refresh,
    draft: draft.drawn,
    subscribeDraft: draft.subscribe,
    size: () => ring.size,
    clear: () => {
      ring.clear();
      draft.clear();
    },
  };
}
