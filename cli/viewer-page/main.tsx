import { createRef, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { makeDraft, makeMessage, makeText } from './make-message.ts';
import { type MadeSession, OwnList, openMadeSession } from './own-list.tsx';
import { type ListHandle, NaiveList, TanstackList, VirtuaList, VirtuosoList } from './peer-lists.tsx';
import { countRenders, setHasImages } from './plain-row.tsx';
import { findScroller, firstShown, frame, gapOf, settled, tops } from './shown-rows.ts';

const peers = {
  virtuoso: VirtuosoList,
  virtua: VirtuaList,
  tanstack: TanstackList,
  naive: NaiveList,
} as const;
export type ListKind = 'own' | keyof typeof peers;

let root: Root | null = null;
let session: MadeSession | null = null;
let texts: readonly string[] = [];
const handle = createRef<ListHandle>();

/** What a measuring program calls from outside. */
const page = {
  /** Data that a list must be given whole; ours is given none. */
  prepare: (kind: ListKind, rows: number) => {
    texts = kind === 'own' ? [] : Array.from({ length: rows }, (_, seq) => makeText(seq));
  },
  /** @returns ms until the rows on the screen stood still for three frames. */
  mount: async (options: {
    readonly kind: ListKind;
    readonly rows: number;
    readonly isPlain: boolean;
    readonly isEvicting: boolean;
    /** Rows before this one come later; ours reads them itself. */
    readonly first?: number;
    readonly hasImages?: boolean;
    readonly answerMs?: number;
  }): Promise<number> => {
    setHasImages(options.hasImages ?? false);
    const startMs = performance.now();
    show(options);
    return (await settled()) - startMs;
  },
  unmount: () => {
    root?.unmount();
    root = null;
    session?.store.close();
    session = null;
    handle.current = null;
  },
  goTo: async (seq: number): Promise<number> => {
    const startMs = performance.now();
    if (session) await session.store.jumpTo(seq);
    else handle.current?.goTo(seq);
    return (await settled()) - startMs;
  },
  /** Older rows come. Ours reads them by itself as its reader moves. */
  prepend: (count: number) => handle.current?.prepend(count),
  /** Images in rows above the screen come; @returns how many, and by how much what is on the screen moved at worst. */
  loadImagesAbove: async (): Promise<{ images: number; worstPx: number }> => {
    const before = tops();
    const late = [...document.querySelectorAll<HTMLImageElement>('img[data-late]:not([src])')]
      .filter((image) => image.getBoundingClientRect().bottom < 0)
      .slice(-4);
    for (const image of late) image.src = latePicture;
    await Promise.all(late.map((image) => image.decode().catch(() => {})));
    let worstPx = 0;
    for (let frames = 0; frames < 10; frames++) {
      await frame();
      const now = tops();
      for (const [seq, top] of before) worstPx = Math.max(worstPx, Math.abs((now.get(seq) ?? top) - top));
    }
    return { images: late.length, worstPx };
  },
  /** Messages come at the end, so many a frame. */
  tail: async (count: number, perFrame: number) => {
    if (!session) return;
    for (let sent = 0; sent < count; sent += perFrame) {
      const from = session.line.lastSeq + 1;
      const messages = Array.from({ length: perFrame }, (_, index) => makeMessage(from + index));
      session.line.lastSeq += perFrame;
      session.store.receive(messages);
      await frame();
    }
  },
  clear: async (): Promise<number> => {
    if (!session) return 0;
    const { line, store } = session;
    const startMs = performance.now();
    line.epoch += 1;
    line.clearedThroughSeq = line.lastSeq;
    store.moveLine({ ...line });
    await frame();
    return performance.now() - startMs;
  },
  /** How often the tab was stopped by the browser. */
  freezes: () => freezes,
  stats: () => ({ ...session?.store.stats(), requests: session?.requests() ?? 0 }),
  renders: countRenders,
  firstShown: () => firstShown(),
  distanceFromEnd: () => {
    const scroller = findScroller();
    return scroller ? scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop : 0;
  },
  toEnd: async () => {
    await session?.store.toEnd();
    await settled();
  },
  /** What is new is asked for, as after a stream that was cut: of many messages only the end. */
  cutStream: async (missed: number) => {
    if (!session) return;
    session.line.lastSeq += missed;
    await session.store.refresh();
    await frame();
  },
  /** Other sessions are opened, tailed, cleared or left, one after another, beside the one that stays. */
  visitSessions: async (count: number, isEvicting: boolean, isClearing: boolean): Promise<number> => {
    let left = 0;
    for (let visit = 0; visit < count; visit++) {
      const place = document.createElement('div');
      place.className = 'side';
      document.body.append(place);
      const visited = openMadeSession({ rows: 1_000 + visit * 37, isEvicting });
      const own = createRoot(place);
      flushSync(() => own.render(<OwnList store={visited.store} isPlain={false} isEvicting={isEvicting} />));
      await frame();
      await frame();
      if (isClearing) {
        visited.line.epoch += 1;
        visited.line.clearedThroughSeq = visited.line.lastSeq;
        visited.store.moveLine({ ...visited.line });
        await frame();
        const { pages, ring } = visited.store.stats();
        left += pages + ring + place.querySelectorAll('article').length;
      }
      own.unmount();
      visited.store.close();
      place.remove();
    }
    return left;
  },
  /** A message is written at the end, a token a frame, and then it is there. */
  growLast: async (tokens: number): Promise<{ worstPx: number; otherRenders: number }> => {
    if (!session) return { worstPx: 0, otherRenders: 0 };
    const { store, line, draft } = session;
    const before = countRenders();
    let text = '';
    let worstPx = 0;
    for (let token = 0; token < tokens; token++) {
      text += `token${token} `;
      draft.now = makeDraft(text);
      await store.refresh();
      await frame();
      await frame();
      worstPx = Math.max(worstPx, page.distanceFromEnd());
    }
    const otherRenders = countRenders() - before;
    draft.now = null;
    line.lastSeq += 1;
    await store.refresh();
    await frame();
    await frame();
    return { worstPx: Math.max(worstPx, page.distanceFromEnd()), otherRenders };
  },
  /** Scrolls by itself; @returns frames without a row at some place of the screen, and the worst gap. */
  scroll: async (
    pxPerSecond: number,
    ms: number,
  ): Promise<{ blank: number; worstPx: number; frames: number }> => {
    const scroller = findScroller();
    if (!scroller) return { blank: 0, worstPx: 0, frames: 0 };
    const result = { blank: 0, worstPx: 0, frames: 0 };
    const startMs = performance.now();
    let lastMs = startMs;
    let sign = -1;
    while (lastMs - startMs < ms) {
      const nowMs = await frame();
      const next = scroller.scrollTop + (sign * pxPerSecond * (nowMs - lastMs)) / 1_000;
      if (next <= 200 || next >= scroller.scrollHeight - scroller.clientHeight - 200) sign = -sign;
      scroller.scrollTop = next;
      lastMs = nowMs;
      const gap = gapOf(scroller);
      result.frames += 1;
      if (gap > 1) result.blank += 1;
      result.worstPx = Math.max(result.worstPx, gap);
    }
    return result;
  },
  /** Watches how rows move on the screen until it is asked for; @returns frames that went against `sign`. */
  watch: (sign: 1 | -1 | 0) => {
    const moved: number[] = [];
    let isOver = false;
    let before = new Map<string, number>();
    const look = () => {
      if (isOver) return;
      const now = tops();
      for (const [seq, top] of now) {
        const old = before.get(seq);
        if (old === undefined) continue;
        moved.push(top - old);
        break;
      }
      before = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    watched = () => {
      isOver = true;
      const wrong = moved.filter((px) => (sign === 0 ? Math.abs(px) > 2 : px * sign < -2));
      const movedPx = moved.reduce((sum, px) => sum + px, 0);
      return {
        frames: moved.length,
        wrong: wrong.length,
        worstPx: Math.max(0, ...wrong.map(Math.abs)),
        movedPx,
      };
    };
  },
  watched: () => watched(),
};

let freezes = 0;
document.addEventListener('freeze', () => {
  freezes += 1;
});

let watched = () => ({ frames: 0, wrong: 0, worstPx: 0, movedPx: 0 });

const latePicture = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="200" height="137"/>')}`;

function show(options: {
  readonly kind: ListKind;
  readonly rows: number;
  readonly isPlain: boolean;
  readonly isEvicting: boolean;
  readonly first?: number;
  readonly answerMs?: number;
}): void {
  root = createRoot(document.getElementById('root') ?? document.body);
  let content: ReactNode;
  if (options.kind === 'own') {
    session = openMadeSession(options);
    content = <OwnList store={session.store} isPlain={options.isPlain} isEvicting={options.isEvicting} />;
  } else {
    const Peer = peers[options.kind];
    content = <Peer texts={texts} first={options.first ?? 0} handle={handle} />;
  }
  flushSync(() => root?.render(content));
}

export type ViewerPage = typeof page;

declare global {
  interface Window {
    viewerPage: ViewerPage;
  }
}

window.viewerPage = page;
