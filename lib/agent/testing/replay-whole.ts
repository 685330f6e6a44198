import type { ChatMessage } from '../chat-message.ts';
import { HistoryTrimmer } from '../history-trimmer.ts';
import { weighHistory } from '../hold-history.ts';
import { pruneContext } from '../prune-context.ts';
import { readMessage } from '../read-message.ts';
import type { ReplayRules } from '../replay-session.ts';
import { SessionGuard } from '../session-guard.ts';

/** A replay as an agent would have it: the whole history through every rule at every call. What it sent each time. */
export async function replayWhole(
  history: readonly ChatMessage[],
  rules: ReplayRules,
): Promise<readonly number[]> {
  const guard = new SessionGuard({
    bytesMax: rules.historyBytesMax ?? 100_000_000,
    tokensMax: rules.historyBytesMax === null ? 100_000_000 : rules.windowTokens,
    resultBytesMax: rules.resultBytesMax ?? 10_000_000,
    repeats: rules.resultBytesMax !== null && rules.contextTokensMax === null && rules.pairsMax === null,
  });
  const trimmer = rules.pairsMax === null ? null : new HistoryTrimmer({ pairsMax: rules.pairsMax });
  const sent: number[] = [];
  let held: readonly ChatMessage[] = [];
  let last = '';
  for (const message of history) {
    const { role } = readMessage(message);
    if (role === 'assistant' && last !== 'assistant') {
      const { messages } = await guard.fit(held);
      held = trimmer?.trim(messages) ?? messages;
      const chosen =
        rules.contextTokensMax === null
          ? held
          : pruneContext(held, { tokensMax: rules.contextTokensMax, messagesMax: 100_000 }).messages;
      sent.push(weighHistory(chosen).tokens);
    }
    last = role;
    held = [...held, message];
  }
  return sent;
}
