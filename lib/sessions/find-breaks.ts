import { contextOf, type SessionCall } from './session-call.ts';

/** A call that sends less than this share of the one before has dropped its history, whoever said so or not. */
const keptShareMin = 0.5;

/** Where a new history begins. */
export type HistoryBreak = {
  /** The first call that sent it. */
  readonly index: number;
  /** Messages from then on belong to it; those before are not sent any more. */
  readonly atMs: number;
};

type BreakInput = {
  /** In the order of time; only calls that sent a context. */
  readonly calls: readonly SessionCall[];
  /** When a compaction or clearing was noted. */
  readonly marksMs: readonly number[];
};

/**
 * The calls that begin with a new history: the first after a noted compaction, and those whose context fell
 * below half of the call before, as after a clearing that nobody noted. In order; the first call is none.
 */
export function findBreaks({ calls, marksMs }: BreakInput): readonly HistoryBreak[] {
  const marks = [...marksMs].sort((a, b) => a - b);
  const breaks: HistoryBreak[] = [];
  let next = 0;
  for (const [index, call] of calls.entries()) {
    let markMs: number | null = null;
    for (; (marks[next] ?? Number.POSITIVE_INFINITY) < call.tsMs; next += 1) markMs = marks[next] ?? null;
    const before = calls[index - 1];
    if (before === undefined) continue;
    const isDrop = contextOf(call) < contextOf(before) * keptShareMin;
    if (markMs !== null || isDrop) breaks.push({ index, atMs: markMs ?? before.tsMs });
  }
  return breaks;
}
