'use client';

import { useVirtualizer, type VirtualItem, type Virtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { ChatJump, ChatSnapshot } from '#lib/chat/window/chat-snapshot.ts';
import { windowRowsMax } from '#lib/chat/window/row-window.ts';
import type { ChatStore } from '#lib/client/chat-store.ts';
import { rangeWith } from './range-with.ts';
import { useRowSizes } from './use-row-sizes.ts';

type ChatListProps = {
  readonly store: ChatStore;
  readonly snapshot: ChatSnapshot;
  readonly label: string;
  readonly id: string;
  /** Draws one row, or behind the last one the draft; must be stable while its message is. */
  readonly renderRow: (seq: number) => ReactNode;
  /** False only where a test proves that it would be found. */
  readonly isEvicting?: boolean;
};

type PendingJump = { readonly seq: number; readonly untilMs: number };

/** Constant, so that no row that was never measured moves the rows below it when its page comes. */
const estimateSize = () => rowEstimatePx;
const rowEstimatePx = 96;
const overscanRows = 6;
const endThresholdPx = 48;
/** A jump that has not arrived after this long was overtaken by the reader. */
const jumpPatienceMs = 1_000;

/**
 * The window's rows, of which only those on the screen are in the page. The reader keeps their place whatever
 * is added or goes at either end; at the end they are taken along.
 */
export function ChatList({ store, snapshot, label, id, renderRow, isEvicting = true }: ChatListProps) {
  // The virtualizer changes in place; the compiler would freeze what it hands out.
  'use no memo';
  const scroller = useRef<HTMLDivElement>(null);
  const lastOffset = useRef(0);
  const focusedSeq = useRef<number | null>(null);
  const pendingJump = useRef<PendingJump | null>(null);
  const drawnJump = useRef(snapshot.jump);
  const dueJump = useRef<ChatJump | null>(null);
  // Until the first jump has put the list in its place, rows that are measured need not keep anybody's.
  const isEntering = useRef(snapshot.jump !== null);
  const measureRow = useRowSizes();
  const { first, end } = snapshot.window;
  const { jump } = snapshot;
  // A message that is being written has the number that it will get, so that its row stays when it comes.
  const isDraftIn = snapshot.hasDraft && end === snapshot.lastSeq + 1;
  const listEnd = isDraftIn ? end + 1 : end;
  const count = listEnd - first;
  const getItemKey = useCallback((index: number) => first + index, [first]);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize,
    measureElement: measureRow,
    getItemKey,
    overscan: overscanRows,
    initialOffset: () => initialOffsetOf(jump, first),
    anchorTo: isEntering.current ? 'start' : 'end',
    followOnAppend: snapshot.isFollowing,
    scrollEndThreshold: endThresholdPx,
    directDomUpdates: true,
    rangeExtractor: (range) =>
      rangeWith(range, focusedSeq.current === null ? -1 : focusedSeq.current - first),
  });

  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = isEntering.current ? movesNobody : movesReader;
  if (jump !== null && jump !== drawnJump.current) leap(virtualizer, { jump, first });
  drawnJump.current = jump;
  useLayoutEffect(() => {
    if (jump === null) return;
    pendingJump.current = { seq: jump.seq, untilMs: performance.now() + jumpPatienceMs };
    dueJump.current = jump;
  }, [jump]);
  useLayoutEffect(() => {
    // The first commit has no rows yet: the list learns its height with it.
    const due = dueJump.current;
    if (due === null || virtualizer.elementsCache.size === 0) return;
    dueJump.current = null;
    isEntering.current = false;
    virtualizer.scrollToIndex(due.seq - first, { align: due.align });
    // It would hear of that with the next frame only, and until then draw and measure row after row above it.
    leap(virtualizer, { jump: due, first });
  });

  useEffect(() => {
    // Its map of sizes is never emptied by itself: sizes of rows that left the window would stay for ever.
    const sizes = virtualizer.itemSizeCache;
    if (!isEvicting || sizes.size <= windowRowsMax) return;
    for (const key of sizes.keys()) if (Number(key) < first || Number(key) >= listEnd) sizes.delete(key);
  }, [virtualizer, first, listEnd, isEvicting]);

  useEffect(() => {
    // The focused row left the window: the keyboard goes on from the list, not from the page's top.
    const seq = focusedSeq.current;
    if (seq === null || (seq >= first && seq < listEnd)) return;
    focusedSeq.current = null;
    scroller.current?.focus({ preventScroll: true });
  }, [first, listEnd]);

  // Read first: it brings the range to the present window, which the range would else be a render behind.
  const items = virtualizer.getVirtualItems();
  const { range } = virtualizer;
  const startIndex = range?.startIndex ?? 0;
  const endIndex = range?.endIndex ?? -1;
  const { version } = snapshot;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version may have let go of what is seen.
  useEffect(() => {
    const seen = { first: first + startIndex, end: first + endIndex + 1 };
    const pending = pendingJump.current;
    // On the way to where a jump leads, what passes is not read, and the window stays.
    const isOnTheWay = pending !== null && (pending.seq < seen.first || pending.seq >= seen.end);
    if (isOnTheWay && performance.now() < pending.untilMs) return;
    pendingJump.current = null;
    // The draft is no row that can be read.
    const read = { first: Math.min(seen.first, end - 1), end: Math.min(seen.end, end) };
    if (endIndex >= startIndex) store.see(read);
  }, [store, first, end, startIndex, endIndex, version]);

  const noteScroll = () => {
    // From the element: the virtualizer hears of a scroll after this does.
    const { scrollTop: offset = 0, scrollHeight = 0, clientHeight = 0 } = scroller.current ?? {};
    const isAtEnd = scrollHeight - clientHeight - offset <= endThresholdPx;
    if (isAtEnd) store.setFollowing(true);
    else if (offset < lastOffset.current) store.setFollowing(false);
    lastOffset.current = offset;
  };
  const goByKey = (event: KeyboardEvent) => {
    if (event.target !== scroller.current || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Home') void store.jumpTo(snapshot.firstSeq);
    else if (event.key === 'End') void store.toEnd();
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      id={id}
      role="feed"
      aria-label={label}
      aria-busy={false}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
      tabIndex={0}
      onScroll={noteScroll}
      onKeyDown={goByKey}
      onFocus={(event) => {
        focusedSeq.current = seqOf(event.target);
      }}
      onBlur={() => {
        focusedSeq.current = null;
      }}
      className="chat-scroller relative h-full min-w-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none] [scrollbar-width:none]"
    >
      <div ref={virtualizer.containerRef} className="relative w-full">
        {items.map((item) => (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            data-seq={first + item.index}
            className="absolute top-0 left-0 w-full"
          >
            {renderRow(first + item.index)}
          </div>
        ))}
      </div>
    </div>
  );
}

/**
 * Rows above the screen keep the reader's place when their size changes, whichever way was scrolled last: after a
 * jump back, the pages above come when their rows have been measured empty.
 */
function movesReader(
  item: VirtualItem,
  _delta: number,
  list: Virtualizer<HTMLDivElement, HTMLDivElement>,
): boolean {
  const offset = list.scrollOffset ?? 0;
  return list.itemSizeCache.has(item.key) ? item.end <= offset : item.start < offset;
}

const movesNobody = () => false;

/** The list draws a jump's rows at once; from where it was, it would first draw rows that nobody sees. */
function leap(
  list: Virtualizer<HTMLDivElement, HTMLDivElement>,
  { jump, first }: { readonly jump: ChatJump; readonly first: number },
): void {
  // Asked for its effect: the measurements are then those of the present window.
  list.getVirtualItems();
  const item = list.measurementsCache[jump.seq - first];
  if (item === undefined) return;
  const height = list.scrollRect?.height ?? 0;
  list.scrollOffset = jump.align === 'start' ? item.start : Math.max(0, item.end - height);
}

/** About where the first jump leads, so that the first rows drawn are those that will be seen. */
function initialOffsetOf(jump: ChatSnapshot['jump'], first: number): number {
  if (jump === null) return 0;
  const top = (jump.seq - first) * rowEstimatePx;
  return Math.max(0, jump.align === 'end' ? top - 6 * rowEstimatePx : top);
}

/** The row that holds the focus; it stays in the page however far it is scrolled away. */
function seqOf(target: Element): number | null {
  const seq = target.closest('[data-seq]')?.getAttribute('data-seq');
  return seq === null || seq === undefined ? null : Number(seq);
}
