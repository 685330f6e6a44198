import { type RowWindow, windowAround } from './row-window.ts';

/** What is drawn from. A new object with each change, so that React sees it. */
export type ChatSnapshot = {
  readonly epoch: number;
  readonly lastSeq: number;
  /** The first message that can be read; `lastSeq + 1` when there is none. */
  readonly firstSeq: number;
  readonly window: RowWindow;
  /** Changes when rows came or went. */
  readonly version: number;
  /** The reader is at the end and is taken along. */
  readonly isFollowing: boolean;
  /** Messages that came while the reader was elsewhere. */
  readonly unseen: number;
  /** A message is being written behind the last one: the list has one row more. */
  readonly hasDraft: boolean;
  readonly error: Error | null;
  /** Where the list has to go now; each jump is a new object. */
  readonly jump: ChatJump | null;
};

export type ChatJump = { readonly seq: number; readonly align: 'start' | 'end' };

export type ChatLine = {
  readonly epoch: number;
  readonly lastSeq: number;
  readonly clearedThroughSeq: number;
};

/** Of two answers about one session, what the later one tells. */
export function laterLine(one: ChatLine, other: ChatLine): ChatLine {
  if (one.epoch !== other.epoch) return one.epoch > other.epoch ? one : other;
  return one.lastSeq >= other.lastSeq ? one : other;
}

/** At the end, or at the message that was asked for; of one that was cleared, at the first that can be read. */
export function firstSnapshot(line: ChatLine, startSeq: number | null): ChatSnapshot {
  const firstSeq = line.clearedThroughSeq + 1;
  const isNamed = startSeq !== null && startSeq <= line.lastSeq;
  const seq = isNamed ? Math.max(startSeq, firstSeq) : line.lastSeq;
  return {
    epoch: line.epoch,
    lastSeq: line.lastSeq,
    firstSeq,
    window: windowAround(seq, { first: firstSeq, end: line.lastSeq + 1 }),
    version: 0,
    isFollowing: !isNamed,
    unseen: 0,
    hasDraft: false,
    error: null,
    jump: line.lastSeq < firstSeq ? null : { seq, align: isNamed ? 'start' : 'end' },
  };
}
