'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { prepareRail, seqAtShare } from '#lib/chat/prepare-rail.ts';
import type { SessionOutline } from '#lib/chat/session-outline.ts';
import type { ChatSnapshot } from '#lib/chat/window/chat-snapshot.ts';
import type { ChatStore } from '#lib/client/chat-store.ts';
import { formatCount } from '#lib/format/format-count.ts';
import { useSeen } from './use-seen.ts';

type ChatRailProps = {
  readonly store: ChatStore;
  readonly snapshot: ChatSnapshot;
  readonly outline: SessionOutline | undefined;
  readonly hits: readonly number[];
  readonly listId: string;
};

const nothing = { heavy: [], compactions: [], errors: [] };
/** While the rail is dragged, a jump is made this often at most. */
const jumpEveryMs = 80;
const thumbPercentMin = 2;

/**
 * The scrollbar of a session of any length: its place is a message's number, not a pixel, because a browser's
 * own scrollbar ends at 33 million pixels. Behind it, where the weight is.
 */
export function ChatRail({ store, snapshot, outline, hits, listId }: ChatRailProps) {
  const rail = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [dragged, setDragged] = useState<number | null>(null);
  const seen = useSeen(store);
  const { firstSeq, lastSeq } = snapshot;
  const bounds = { first: firstSeq, end: lastSeq + 1 };
  const count = Math.max(1, bounds.end - bounds.first);
  const drawing = prepareRail(outline ?? nothing, hits, bounds);
  const thumb = thumbOf({ first: dragged ?? seen.first, rows: seen.end - seen.first, firstSeq, count });
  const now = Math.max(firstSeq, Math.min(seen.first, lastSeq));

  useEffect(() => () => clearTimeout(timer.current), []);

  const goSoon = (seq: number) => {
    wanted.current = seq;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      if (wanted.current !== null) void store.jumpTo(wanted.current);
      wanted.current = null;
    }, jumpEveryMs);
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const box = rail.current?.getBoundingClientRect();
    if (box === undefined) return;
    const seq = seqAtShare((event.clientY - box.top) / box.height, bounds);
    setDragged(seq);
    goSoon(seq);
  };
  const goByKey = (event: KeyboardEvent) => {
    const target = keyTarget(event.key, { now, rows: Math.max(1, seen.end - seen.first), count });
    if (target === null) return;
    event.preventDefault();
    if (target === 'end') void store.toEnd();
    else void store.jumpTo(target === 'start' ? firstSeq : target);
  };

  return (
    <div
      ref={rail}
      role="scrollbar"
      aria-label="Place in the session"
      aria-controls={listId}
      aria-orientation="vertical"
      aria-valuemin={firstSeq}
      aria-valuemax={Math.max(firstSeq, lastSeq)}
      aria-valuenow={now}
      aria-valuetext={`Message ${formatCount(now)} of ${formatCount(lastSeq)}`}
      tabIndex={0}
      onKeyDown={goByKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={(event) => {
        if (dragged !== null) drag(event);
      }}
      onPointerUp={() => setDragged(null)}
      onPointerCancel={() => setDragged(null)}
      className="relative w-7 shrink-0 cursor-pointer touch-none border-l border-hairline bg-paper -outline-offset-2 select-none"
    >
      <svg aria-hidden="true" width="100%" height="100%" className="absolute inset-0">
        {drawing.bars.map(({ topPercent, widthPercent }) => (
          <rect
            key={topPercent}
            y={`${topPercent}%`}
            width={`${widthPercent}%`}
            height={`${drawing.barPercent}%`}
            className="fill-hairline-strong"
          />
        ))}
        {drawing.hits.map((percent) => (
          <rect
            key={`h${percent}`}
            x="60%"
            y={`${percent}%`}
            width="40%"
            height="2"
            className="fill-accent"
          />
        ))}
        {drawing.compactions.map((percent) => (
          <rect key={`c${percent}`} y={`${percent}%`} width="100%" height="1.5" className="fill-ink" />
        ))}
        {drawing.errors.map((percent) => (
          <rect key={`e${percent}`} y={`${percent}%`} width="40%" height="2.5" className="fill-over" />
        ))}
        <rect
          y={`${thumb.topPercent}%`}
          width="100%"
          height={`${thumb.heightPercent}%`}
          className="fill-accent opacity-25"
        />
      </svg>
      {dragged === null ? null : (
        <span className="pointer-events-none absolute top-2 right-full mr-2 rounded-sm border border-hairline-strong bg-raised px-1.5 text-xs whitespace-nowrap">
          {formatCount(dragged)}
        </span>
      )}
    </div>
  );
}

type Thumb = {
  readonly first: number;
  readonly rows: number;
  readonly firstSeq: number;
  readonly count: number;
};

function thumbOf({ first, rows, firstSeq, count }: Thumb) {
  const heightPercent = Math.max(thumbPercentMin, Math.min(100, (100 * rows) / count));
  const share = count <= rows ? 0 : (first - firstSeq) / (count - rows);
  return { heightPercent, topPercent: Math.max(0, Math.min(1, share)) * (100 - heightPercent) };
}

function keyTarget(
  key: string,
  { now, rows, count }: { readonly now: number; readonly rows: number; readonly count: number },
): number | 'start' | 'end' | null {
  const leap = Math.max(rows, Math.round(count / 100));
  if (key === 'ArrowDown') return now + 1;
  if (key === 'ArrowUp') return now - 1;
  if (key === 'PageDown') return now + leap;
  if (key === 'PageUp') return now - leap;
  if (key === 'Home') return 'start';
  return key === 'End' ? 'end' : null;
}
