import type { HistoryBreak } from './find-breaks.ts';
import { isRecent } from './is-recent.ts';
import { contextOf, type SessionCall } from './session-call.ts';

export type Outlook = {
  /** Calls until one does not fit the window any more; 0 when the next one does not. */
  readonly callsLeft: number;
  readonly minutesLeft: number;
  readonly tokensPerCall: number;
  /** How many of the last calls the slope is taken from. */
  readonly callsSeen: number;
};

type OverflowInput = {
  readonly calls: readonly SessionCall[];
  readonly breaks: readonly HistoryBreak[];
  readonly windowTokens: number | null;
  readonly nowMs: number;
};

const callsSeenMax = 20;
const callsSeenMin = 3;

/**
 * When the session outgrows its window at its present slope: the mean growth a call over the last 20 calls
 * since its history began anew, and their mean distance in time. Null where the window is unknown, fewer than
 * 3 calls tell, the context does not grow, or the last call was more than seven days ago.
 */
export function predictOverflow({ calls, breaks, windowTokens, nowMs }: OverflowInput): Outlook | null {
  const seen = calls.slice(Math.max(breaks.at(-1)?.index ?? 0, calls.length - callsSeenMax));
  const [first, last] = [seen[0], seen.at(-1)];
  if (windowTokens === null || first === undefined || last === undefined) return null;
  if (seen.length < callsSeenMin || !isRecent(last.tsMs, nowMs)) return null;
  const steps = seen.length - 1;
  const tokensPerCall = (contextOf(last) - contextOf(first)) / steps;
  if (tokensPerCall <= 0) return null;
  const left = Math.max(0, windowTokens - contextOf(last));
  const callsLeft = Math.floor(left / tokensPerCall);
  const minutesPerCall = (last.tsMs - first.tsMs) / steps / 60_000;
  return {
    callsLeft,
    minutesLeft: callsLeft * minutesPerCall,
    tokensPerCall: Math.round(tokensPerCall),
    callsSeen: seen.length,
  };
}
