import type { ChatMessage } from './chat-message.ts';
import { HistoryTrimmer } from './history-trimmer.ts';
import { weighHistory } from './hold-history.ts';
import { pruneContext } from './prune-context.ts';
import { readMessage } from './read-message.ts';
import { SessionGuard } from './session-guard.ts';
import { messageBytes } from './split-history.ts';

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

const unlimited = {
  bytes: 100_000_000,
  tokens: 100_000_000,
  result: 10_000_000,
  context: 10_000_000,
} as const;

/** Plays a history from its first message on, as if the rules had been there: with the toolkit's own functions. */
export async function replaySession(
  history: readonly ChatMessage[],
  rules: ReplayRules,
  /** Awaited after each call, so that a server stays able to answer others meanwhile. */
  pause: () => Promise<void> | void = () => {},
): Promise<Replay> {
  const guard = new SessionGuard({
    bytesMax: rules.historyBytesMax ?? unlimited.bytes,
    tokensMax: rules.historyBytesMax === null ? unlimited.tokens : rules.windowTokens,
    resultBytesMax: rules.resultBytesMax ?? unlimited.result,
    repeats: rules.resultBytesMax !== null && rules.contextTokensMax === null && rules.pairsMax === null,
  });
  const trimmer = rules.pairsMax === null ? null : new HistoryTrimmer({ pairsMax: rules.pairsMax });
  const calls: ReplayedCall[] = [];
  let held: readonly ChatMessage[] = [];
  let tokensBefore = 0;
  let bytesBefore = 0;
  let bytesAfterMax = 0;
  let resultsShortened = 0;
  let compactions = 0;
  let wasAssistant = false;
  for (const [index, message] of history.entries()) {
    const { role, tokens } = readMessage(message);
    const isAssistant = role === 'assistant';
    if (isAssistant && !wasAssistant) {
      const { messages, report } = await guard.fit(held);
      held = trimmer?.trim(messages) ?? messages;
      resultsShortened += report.pruned.length;
      if (report.compaction === 'done') compactions++;
      bytesAfterMax = Math.max(bytesAfterMax, report.bytesAfter);
      calls.push({ index, tokensBefore, tokensAfter: weighHistory(sentOf(held, rules)).tokens });
      await pause();
    }
    wasAssistant = isAssistant;
    held = [...held, message];
    tokensBefore += tokens;
    bytesBefore += messageBytes(message);
  }
  guard.close();
  const deadAt = (name: 'tokensBefore' | 'tokensAfter') => {
    const call = calls.findIndex((made) => made[name] > rules.windowTokens);
    return call === -1 ? null : call;
  };
  return {
    calls,
    tokensBefore: calls.reduce((sum, call) => sum + call.tokensBefore, 0),
    tokensAfter: calls.reduce((sum, call) => sum + call.tokensAfter, 0),
    bytesBefore,
    bytesAfter: weighHistory(held).bytes,
    bytesAfterMax,
    deathBefore: deadAt('tokensBefore'),
    deathAfter: deadAt('tokensAfter'),
    resultsShortened,
    compactions,
  };
}

function sentOf(held: readonly ChatMessage[], rules: ReplayRules): readonly ChatMessage[] {
  if (rules.contextTokensMax === null && rules.contextMessagesMax === null) return held;
  return pruneContext(held, {
    tokensMax: rules.contextTokensMax ?? unlimited.context,
    messagesMax: rules.contextMessagesMax ?? 100_000,
  }).messages;
}
