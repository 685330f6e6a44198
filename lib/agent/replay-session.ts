import type { ChatMessage } from './chat-message.ts';
import { SessionReplay } from './session-replay.ts';

/** What to try on a recorded session. Null leaves a rule out. */
export type ReplayRules = {
  /** `SessionGuard`: tool results above it are shortened. */
  readonly resultBytesMax: number | null;
  /** `SessionGuard`: the history's limit. */
  readonly historyBytesMax: number | null;
  /** `pruneContext`: what is sent of it. */
  readonly contextTokensMax: number | null;
  readonly contextMessagesMax: number | null;
  /** `HistoryTrimmer`. */
  readonly pairsMax: number | null;
  /** The model's window, for `SessionGuard`. */
  readonly windowTokens: number;
};

export type ReplayedCall = {
  /** Place of the answer in the history. */
  readonly index: number;
  /** Estimated tokens of all messages before it, and of what would have been sent. */
  readonly tokensBefore: number;
  readonly tokensAfter: number;
};

export type Replay = {
  readonly calls: readonly ReplayedCall[];
  /** Sums over all calls. */
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** The history's JSON at the end, and the largest it ever was. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly bytesAfterMax: number;
  /** The first call whose context was larger than the window; null when none was. */
  readonly deathBefore: number | null;
  readonly deathAfter: number | null;
  readonly resultsShortened: number;
  readonly compactions: number;
};

/** Plays a history from its first message on, as if the rules had been there: with the toolkit's own functions. */
export async function replaySession(
  history: readonly ChatMessage[],
  rules: ReplayRules,
  /** Awaited after each call, so that a server stays able to answer others meanwhile. */
  pause: () => Promise<void> | void = () => {},
): Promise<Replay> {
  const replay = new SessionReplay(rules, pause);
  for (const message of history) await replay.add(message);
  return replay.finish();
}
