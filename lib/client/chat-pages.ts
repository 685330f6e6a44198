import type { MessagePage } from '#lib/chat/message-view.ts';
import type { ChatJump } from '#lib/chat/window/chat-snapshot.ts';
import { pageOf, rowsPerPage } from '#lib/chat/window/page-cache.ts';
import type { PageFetches } from '#lib/chat/window/page-fetches.ts';
import { type PageSpan, spanAround } from '#lib/chat/window/page-span.ts';
import { followReader, type RowWindow, windowAround } from '#lib/chat/window/row-window.ts';
import type { ReadPage } from './chat-source.ts';
import type { ChatState } from './chat-state.ts';
import { tailSpan } from './chat-tail.ts';

type PagesOptions = {
  readonly state: ChatState;
  readonly fetches: PageFetches;
  readonly readPage: ReadPage;
  readonly onFrame: (callback: () => void) => void;
  /** @returns false when the answer is of an epoch that is over, or began a new one. */
  readonly accept: (answer: MessagePage) => boolean;
  readonly grow: (lastSeq: number) => void;
  readonly isClosed: () => boolean;
};

/** Pages on each side of what is seen. */
const marginPages = 1;
const fetchesMax = 4;
/** A jump waits this long for its page before it shows empty rows. */
const jumpPatienceMs = 150;

/** What the reader sees and where they jump to: which pages are read, and where the window is. */
export function openChatPages(options: PagesOptions) {
  const { state, fetches, readPage, onFrame, accept, grow, isClosed } = options;
  const { cache } = state;
  const seenListeners = new Set<() => void>();
  let seenRows: RowWindow = { first: 0, end: 0 };
  /** The pages that a jump waits for; null when none does. */
  let awaited: PageSpan | null = null;
  let isMovePending = false;

  /** Reads pages that lie side by side in one request; waits for those that are on their way. */
  function load({ first, end }: PageSpan): Promise<void> {
    const under = fetches.under(first);
    if (under !== undefined) return under;
    if (isClosed() || cache.isWhole(first, state.bounds())) return Promise.resolve();
    return fetches.start({ first, end }, (signal) => read({ first, end }, signal));
  }

  async function read({ first, end }: PageSpan, signal: AbortSignal): Promise<void> {
    try {
      const from = Math.max(first * rowsPerPage, state.snapshot().firstSeq);
      const answer = await readPage({ from, limit: end * rowsPerPage - from, signal });
      if (signal.aborted || !accept(answer)) return;
      state.hold(answer);
      if (answer.lastSeq > state.snapshot().lastSeq) grow(answer.lastSeq);
      state.redraw({ error: null });
    } catch (error) {
      if (!signal.aborted && error instanceof Error) state.set({ error });
    }
  }

  /** What is there already, or on its way, before the page that is wanted is not read again with it. */
  function withoutHeld(span: PageSpan, wanted: number): PageSpan {
    const isHeld = fetches.under(span.first) !== undefined || cache.isWhole(span.first, state.bounds());
    return isHeld ? { ...span, first: wanted } : span;
  }

  /** Gives up what is on its way and neither within these pages nor awaited by a jump. */
  function abortOutside(span: PageSpan): void {
    fetches.abortOutside([span, tailSpan, ...(awaited === null ? [] : [awaited])]);
  }

  /** What is on the screen: its pages are read, with those beside them, and others are no longer waited for. */
  function see(seen: RowWindow): void {
    if (seen.first !== seenRows.first || seen.end !== seenRows.end) {
      seenRows = seen;
      for (const listener of [...seenListeners]) listener();
    }
    const { firstSeq, lastSeq, window } = state.snapshot();
    const low = pageOf(Math.max(firstSeq, seen.first)) - marginPages;
    const high = pageOf(Math.min(lastSeq, seen.end)) + marginPages;
    abortOutside({ first: low, end: high + 1 });
    const missing = Array.from({ length: high - low + 1 }, (_, index) => low + index)
      .filter((page) => page >= pageOf(firstSeq) && page <= pageOf(lastSeq))
      .filter((page) => !cache.isWhole(page, state.bounds()));
    // What is seen comes first, and those beside it when it is there.
    const urgent = missing.filter((page) => page >= low + marginPages && page <= high - marginPages);
    for (const page of urgent.length > 0 ? urgent : missing) {
      if (fetches.size < fetchesMax) void load({ first: page, end: page + 1 });
    }
    if (isMovePending || followReader(window, seen, state.bounds()) === window) return;
    // Once a frame: what is seen is known again only when the list has drawn the window before.
    isMovePending = true;
    onFrame(moveWindow);
  }

  function moveWindow(): void {
    isMovePending = false;
    if (isClosed()) return;
    const { window } = state.snapshot();
    const moved = followReader(window, seenRows, state.bounds());
    if (moved !== window) state.redraw({ window: moved });
  }

  async function jumpTo(seq: number, align: ChatJump['align'] = 'start'): Promise<void> {
    const { epoch, firstSeq, lastSeq } = state.snapshot();
    const target = Math.max(firstSeq, Math.min(seq, lastSeq));
    if (lastSeq < firstSeq) return;
    awaited = null;
    if (!cache.isWhole(pageOf(target), state.bounds())) {
      const span = withoutHeld(spanAround(target, align), pageOf(target));
      awaited = span;
      abortOutside(span);
      const waited = new Promise((resolve) => setTimeout(resolve, jumpPatienceMs));
      await Promise.race([load(span), waited]);
      // A later jump, or a clearing, took its place.
      if (isClosed() || state.snapshot().epoch !== epoch || awaited !== span) return;
      awaited = null;
    }
    land(target, align);
  }

  /** The window is moved with the jump and not soon after it, which would move what the jump aims at. */
  function land(target: number, align: ChatJump['align']): void {
    const { window, lastSeq, unseen, hasDraft } = state.snapshot();
    const isInside = target >= window.first && target < window.end;
    const isFollowing = align === 'end' && target === lastSeq;
    state.redraw({
      window: isInside
        ? followReader(window, { first: target, end: target + 1 }, state.bounds())
        : windowAround(target, state.bounds()),
      isFollowing,
      unseen: isFollowing ? 0 : unseen,
      // What is being written is the end, where there is any.
      jump: { seq: isFollowing && hasDraft ? target + 1 : target, align },
    });
  }

  return {
    see,
    jumpTo,
    /** No jump waits any more. */
    forgetJump: () => {
      awaited = null;
    },
    seen: () => seenRows,
    listeners: () => seenListeners.size,
    subscribeSeen: (listener: () => void) => {
      seenListeners.add(listener);
      return () => {
        seenListeners.delete(listener);
      };
    },
  };
}
