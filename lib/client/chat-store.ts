import type { MessagePage, PageMessage } from '#lib/chat/message-view.ts';
import {
  type ChatJump,
  type ChatLine,
  type ChatSnapshot,
  firstSnapshot,
  laterLine,
} from '#lib/chat/window/chat-snapshot.ts';
import { openPageCache, pageOf, rowsPerPage } from '#lib/chat/window/page-cache.ts';
import { openPageFetches } from '#lib/chat/window/page-fetches.ts';
import { type PageSpan, spanAround } from '#lib/chat/window/page-span.ts';
import {
  followReader,
  growWindow,
  type RowBounds,
  type RowWindow,
  windowAround,
} from '#lib/chat/window/row-window.ts';
import { openTailRing } from '#lib/chat/window/tail-ring.ts';
import { openDraftTail } from './draft-tail.ts';

export type ChatStats = {
  readonly pages: number;
  readonly rows: number;
  readonly characters: number;
  readonly ring: number;
  readonly fetching: number;
  readonly listeners: number;
};

type ReadPage = (input: {
  readonly from: number;
  readonly limit: number;
  /** Where more than so many follow `from`, the last ones are wanted instead. */
  readonly gapMax?: number;
  readonly signal: AbortSignal;
}) => Promise<MessagePage>;

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

const pagesMax = 40;
const charactersMax = 8_000_000;
const ringMax = 500;
/** Pages on each side of what is seen. */
const marginPages = 1;
const fetchesMax = 4;
/** What stays of the pages when memory is short. */
const trimmedPages = 6;
const tailLimit = 200;
/** What is new at the end is read beside the pages, under a number that no page has. */
const tailSpan: PageSpan = { first: -1, end: 0 };
/** A jump waits this long for its page before it shows empty rows. */
const jumpPatienceMs = 150;

/**
 * A session in the browser: a bounded set of pages, a window of at most 2,000 rows, and the tail. It never
 * holds the session, whatever its length.
 */
export function openChatStore(options: ChatStoreOptions) {
  const { readPage, onFrame, firstPage = null } = options;
  const cache = openPageCache({ pagesMax, charactersMax, isEvicting: options.isEvicting ?? true });
  const ring = openTailRing<PageMessage>(ringMax);
  const listeners = new Set<() => void>();
  const seenListeners = new Set<() => void>();
  let seenRows: RowWindow = { first: 0, end: 0 };
  const fetches = openPageFetches();
  const draft = openDraftTail({ onSilence: () => void refresh() });
  /** The pages that a jump waits for; null when none does. */
  let awaited: PageSpan | null = null;
  /** By the seq of an answer's first message, the time of the one before it. */
  const previousTimes = new Map<number, string | null>();
  let isFramePending = false;
  let isMovePending = false;
  let isClosed = false;
  let refreshing: Promise<void> | null = null;
  let isRefreshWanted = false;
  let snapshot = firstSnapshot(
    firstPage === null ? options.line : laterLine(options.line, firstPage),
    options.startSeq,
  );
  if (firstPage?.epoch === snapshot.epoch) hold(firstPage);

  function set(change: Partial<ChatSnapshot>): void {
    snapshot = { ...snapshot, ...change };
    for (const listener of [...listeners]) listener();
  }

  function bounds(): RowBounds {
    return { first: snapshot.firstSeq, end: snapshot.lastSeq + 1 };
  }

  /** @returns false when the answer is of an epoch that is over, or began a new one. */
  function accept(answer: MessagePage): boolean {
    if (isClosed || answer.epoch < snapshot.epoch) return false;
    if (answer.epoch > snapshot.epoch) {
      reset(answer);
      return false;
    }
    heedDraft(answer);
    return true;
  }

  /** What is being written is known at the end only, where a page that was asked for before may come later. */
  function heedDraft({ draft: told, nextFrom, lastSeq, messages }: MessagePage): void {
    const { lastSeq: knownSeq } = snapshot;
    if (lastSeq < knownSeq || (nextFrom !== null && lastSeq === knownSeq)) return;
    const isNewest = lastSeq > knownSeq || (messages[0]?.seq ?? lastSeq + 1) > knownSeq;
    if (!isNewest && (told === null || !draft.isLater(told))) return;
    if (draft.tell(nextFrom === null ? told : null)) drawSoon();
  }

  function reset(line: ChatLine): void {
    abortAll();
    cache.clear();
    ring.clear();
    draft.clear();
    previousTimes.clear();
    const fresh = firstSnapshot(line, null);
    set({ ...fresh, version: snapshot.version + 1 });
  }

  function abortAll(): void {
    fetches.abortAll();
    awaited = null;
  }

  /** Reads pages that lie side by side in one request; waits for those that are on their way. */
  function load({ first, end }: PageSpan): Promise<void> {
    const under = fetches.under(first);
    if (under !== undefined) return under;
    if (isClosed || cache.isWhole(first, bounds())) return Promise.resolve();
    return fetches.start({ first, end }, (signal) => read({ first, end }, signal));
  }

  async function read({ first, end }: PageSpan, signal: AbortSignal): Promise<void> {
    try {
      const from = Math.max(first * rowsPerPage, snapshot.firstSeq);
      const answer = await readPage({ from, limit: end * rowsPerPage - from, signal });
      if (signal.aborted || !accept(answer)) return;
      hold(answer);
      if (answer.lastSeq > snapshot.lastSeq) grow(answer.lastSeq);
      set({ version: snapshot.version + 1, error: null });
    } catch (error) {
      if (!signal.aborted && error instanceof Error) set({ error });
    }
  }

  function hold({ messages, previousTs }: MessagePage): void {
    const [first] = messages;
    if (first !== undefined) previousTimes.set(first.seq, previousTs);
    if (previousTimes.size > pagesMax * 2) previousTimes.delete(previousTimes.keys().next().value ?? -1);
    cache.put(messages, { isNew: true });
  }

  /** What is there already, or on its way, before the page that is wanted is not read again with it. */
  function withoutHeld(span: PageSpan, wanted: number): PageSpan {
    const isHeld = fetches.under(span.first) !== undefined || cache.isWhole(span.first, bounds());
    return isHeld ? { ...span, first: wanted } : span;
  }

  /** Gives up what is on its way and neither within these pages nor awaited by a jump. */
  function abortOutside(span: PageSpan): void {
    fetches.abortOutside([span, tailSpan, ...(awaited === null ? [] : [awaited])]);
  }

  /** Rows were added behind the last one; those in the ring are already in their pages. */
  function grow(lastSeq: number): void {
    const oldEnd = snapshot.lastSeq + 1;
    const first = snapshot.firstSeq;
    // Who is not taken along keeps what is seen: the row of a draft becomes the message that has its place.
    const ownEnd = snapshot.hasDraft ? oldEnd + 1 : oldEnd;
    const end = snapshot.isFollowing ? lastSeq + 1 : ownEnd;
    const window = end > oldEnd ? growWindow(snapshot.window, oldEnd, { first, end }) : snapshot.window;
    const unseen = snapshot.isFollowing ? 0 : snapshot.unseen + (lastSeq + 1 - oldEnd);
    set({ lastSeq, window, unseen, hasDraft: draft.draw() });
  }

  function flush(): void {
    isFramePending = false;
    if (isClosed) return;
    const { items, dropped } = ring.takeAll();
    const last = items[items.length - 1];
    if (last === undefined) {
      drawDraft();
      return;
    }
    if (snapshot.isFollowing && dropped === 0) {
      cache.put(items, { isNew: true });
    } else {
      cache.put(items, { isNew: false });
    }
    if (last.seq > snapshot.lastSeq) grow(last.seq);
    drawDraft();
    set({ version: snapshot.version + 1 });
    if (dropped > 0 && snapshot.isFollowing) toEnd();
  }

  function drawDraft(): void {
    const hasDraft = draft.draw();
    if (hasDraft !== snapshot.hasDraft) set({ hasDraft });
  }

  /** Messages of the tail, in order. They are drawn with the next frame. */
  function receive(messages: readonly PageMessage[]): void {
    ring.push(messages);
    drawSoon();
  }

  function drawSoon(): void {
    if (isFramePending) return;
    isFramePending = true;
    onFrame(flush);
  }

  /** Asks what is new: once, however often it is called while the answer is under way. */
  function refresh(): Promise<void> {
    if (refreshing !== null) {
      isRefreshWanted = true;
      return refreshing;
    }
    refreshing = fetches.start(tailSpan, readTail).finally(() => {
      refreshing = null;
      if (!isRefreshWanted || isClosed) return;
      isRefreshWanted = false;
      void refresh();
    });
    return refreshing;
  }

  async function readTail(signal: AbortSignal): Promise<void> {
    let from = snapshot.lastSeq + 1;
    try {
      for (;;) {
        const { isFollowing } = snapshot;
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
          return toEnd();
        }
        receive(answer.messages);
        if (answer.nextFrom === null) return;
        from = answer.nextFrom;
      }
    } catch {
      // The next change asks again; what is shown stays.
    }
  }

  /** What is on the screen: its pages are read, with those beside them, and others are no longer waited for. */
  function see(seen: RowWindow): void {
    if (seen.first !== seenRows.first || seen.end !== seenRows.end) {
      seenRows = seen;
      for (const listener of [...seenListeners]) listener();
    }
    const low = pageOf(Math.max(snapshot.firstSeq, seen.first)) - marginPages;
    const high = pageOf(Math.min(snapshot.lastSeq, seen.end)) + marginPages;
    abortOutside({ first: low, end: high + 1 });
    const missing = Array.from({ length: high - low + 1 }, (_, index) => low + index)
      .filter((page) => page >= pageOf(snapshot.firstSeq) && page <= pageOf(snapshot.lastSeq))
      .filter((page) => !cache.isWhole(page, bounds()));
    // What is seen comes first, and those beside it when it is there.
    const urgent = missing.filter((page) => page >= low + marginPages && page <= high - marginPages);
    for (const page of urgent.length > 0 ? urgent : missing) {
      if (fetches.size < fetchesMax) void load({ first: page, end: page + 1 });
    }
    if (isMovePending || followReader(snapshot.window, seen, bounds()) === snapshot.window) return;
    // Once a frame: what is seen is known again only when the list has drawn the window before.
    isMovePending = true;
    onFrame(moveWindow);
  }

  function moveWindow(): void {
    isMovePending = false;
    if (isClosed) return;
    const window = followReader(snapshot.window, seenRows, bounds());
    if (window !== snapshot.window) set({ window, version: snapshot.version + 1 });
  }

  async function jumpTo(seq: number, align: ChatJump['align'] = 'start'): Promise<void> {
    const target = Math.max(snapshot.firstSeq, Math.min(seq, snapshot.lastSeq));
    const { epoch } = snapshot;
    if (snapshot.lastSeq < snapshot.firstSeq) return;
    awaited = null;
    if (!cache.isWhole(pageOf(target), bounds())) {
      const span = withoutHeld(spanAround(target, align), pageOf(target));
      awaited = span;
      abortOutside(span);
      const waited = new Promise((resolve) => setTimeout(resolve, jumpPatienceMs));
      await Promise.race([load(span), waited]);
      // A later jump, or a clearing, took its place.
      if (isClosed || snapshot.epoch !== epoch || awaited !== span) return;
      awaited = null;
    }
    const isInside = target >= snapshot.window.first && target < snapshot.window.end;
    const isFollowing = align === 'end' && target === snapshot.lastSeq;
    // The window is moved with the jump and not soon after it, which would move what the jump aims at.
    const window = isInside
      ? followReader(snapshot.window, { first: target, end: target + 1 }, bounds())
      : windowAround(target, bounds());
    set({
      window,
      isFollowing,
      unseen: isFollowing ? 0 : snapshot.unseen,
      // What is being written is the end, where there is any.
      jump: { seq: isFollowing && snapshot.hasDraft ? target + 1 : target, align },
      version: snapshot.version + 1,
    });
  }

  function toEnd(): Promise<void> {
    return jumpTo(snapshot.lastSeq, 'end');
  }

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    snapshot: () => snapshot,
    row: (seq: number) => cache.row(seq),
    /** Time of the message before this one; undefined where that is not known. */
    previousTime: (seq: number): string | null | undefined =>
      cache.row(seq - 1)?.ts ?? previousTimes.get(seq),
    see,
    /** The message that is being written, for its row alone: it does not change the snapshot. */
    draft: draft.drawn,
    subscribeDraft: draft.subscribe,
    /** What is on the screen, for what moves with every scroll: it does not change the snapshot. */
    seen: () => seenRows,
    subscribeSeen: (listener: () => void) => {
      seenListeners.add(listener);
      return () => {
        seenListeners.delete(listener);
      };
    },
    jumpTo,
    toEnd,
    receive,
    refresh,
    setFollowing: (isFollowing: boolean) => {
      if (isFollowing === snapshot.isFollowing) return;
      if (isFollowing && snapshot.window.end <= snapshot.lastSeq) return;
      set({ isFollowing, unseen: isFollowing ? 0 : snapshot.unseen });
    },
    /** A clearing or undo that this tab asked for, or another told of. */
    moveLine: (line: ChatLine) => {
      if (line.epoch > snapshot.epoch) reset(line);
    },
    retry: () => {
      set({ error: null, version: snapshot.version + 1 });
    },
    /** Lets go of all pages but the last used ones; @returns how many went. */
    trim: (): number => {
      const before = cache.pages;
      cache.trim(trimmedPages);
      if (cache.pages < before) set({ version: snapshot.version + 1 });
      return before - cache.pages;
    },
    stats: (): ChatStats => ({
      pages: cache.pages,
      rows: cache.rows,
      characters: cache.characters,
      ring: ring.size,
      fetching: fetches.size,
      listeners: listeners.size + seenListeners.size,
    }),
    close: () => {
      isClosed = true;
      abortAll();
      cache.clear();
      ring.clear();
      draft.clear();
      previousTimes.clear();
    },
    /** A store that was closed by an effect's clean-up is used again when React mounts it again. */
    open: () => {
      if (!isClosed) return;
      isClosed = false;
      set({ version: snapshot.version + 1 });
    },
  };
}
