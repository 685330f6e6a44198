import type { ChatMessage } from './chat-message.ts';
import { HistoryTrimmer } from './history-trimmer.ts';
import { weighHistory } from './hold-history.ts';
import { resultPruner } from './prune-results.ts';
import { readMessage } from './read-message.ts';
import { RecentHistory } from './recent-history.ts';
import type { Replay, ReplayedCall, ReplayRules } from './replay-session.ts';
import { SessionGuard } from './session-guard.ts';
import { messageBytes } from './split-history.ts';

const unlimited = { tokens: 100_000_000, context: 10_000_000, messages: 100_000 } as const;
const windowShare = 0.8;

/**
 * `replaySession` message by message, for sessions too long to be held. It keeps what the rules still need: with
 * a limit on the history that much of it, with one on the context its newest part, else nothing but its weight.
 * Each message costs about the same, however many came before.
 */
export class SessionReplay {
  readonly #rules: ReplayRules;
  readonly #pause: () => Promise<void> | void;
  readonly #guard: SessionGuard | null;
  readonly #trimmer: HistoryTrimmer | null;
  readonly #calls: ReplayedCall[] = [];
  readonly #held = new RecentHistory();
  /** Came since the last call: not pruned yet. */
  #fresh: ChatMessage[] = [];
  #prune: <T extends ChatMessage>(message: T) => T;
  /** Of all messages as they came, and of what the rules left of them. */
  #before = { bytes: 0, tokens: 0 };
  #after = { bytes: 0, tokens: 0 };
  #bytesAfterMax = 0;
  #resultsShortened = 0;
  #compactions = 0;
  #messages = 0;
  #wasAssistant = false;

  /** @param pause awaited after each call, so that a server stays able to answer others meanwhile. */
  constructor(rules: ReplayRules, pause: () => Promise<void> | void = () => {}) {
    this.#rules = rules;
    this.#pause = pause;
    this.#guard = rules.historyBytesMax === null ? null : new SessionGuard(guardOptions(rules));
    this.#trimmer = rules.pairsMax === null ? null : new HistoryTrimmer({ pairsMax: rules.pairsMax });
    this.#prune = this.#newPruner();
  }

  async add(message: ChatMessage): Promise<void> {
    const { role, tokens } = readMessage(message);
    const isAssistant = role === 'assistant';
    if (isAssistant && !this.#wasAssistant) {
      await this.#call();
      await this.#pause();
    }
    this.#wasAssistant = isAssistant;
    this.#fresh.push(message);
    this.#messages++;
    this.#before = {
      bytes: this.#before.bytes + messageBytes(message),
      tokens: this.#before.tokens + tokens,
    };
  }

  finish(): Replay {
    this.#guard?.close();
    const { windowTokens } = this.#rules;
    const calls = this.#calls;
    const deadAt = (name: 'tokensBefore' | 'tokensAfter') => {
      const call = calls.findIndex((made) => made[name] > windowTokens);
      return call === -1 ? null : call;
    };
    return {
      calls,
      tokensBefore: calls.reduce((sum, call) => sum + call.tokensBefore, 0),
      tokensAfter: calls.reduce((sum, call) => sum + call.tokensAfter, 0),
      bytesBefore: this.#before.bytes,
      bytesAfter: this.#after.bytes + weighHistory(this.#fresh).bytes,
      bytesAfterMax: this.#bytesAfterMax,
      deathBefore: deadAt('tokensBefore'),
      deathAfter: deadAt('tokensAfter'),
      resultsShortened: this.#resultsShortened,
      compactions: this.#compactions,
    };
  }

  async #call(): Promise<void> {
    await this.#take();
    this.#bytesAfterMax = Math.max(this.#bytesAfterMax, this.#after.bytes);
    const held = this.#held.messages;
    const trimmed = this.#trimmer?.trim(held) ?? held;
    if (trimmed !== held) this.#replace(trimmed);
    this.#calls.push({
      index: this.#messages,
      tokensBefore: this.#before.tokens,
      tokensAfter: this.#tokensSent(),
    });
  }

  /** Prunes what came; a history that is too heavy with it goes through the guard, whole texts and all. */
  async #take(): Promise<void> {
    const fresh = this.#fresh;
    this.#fresh = [];
    const shortened = this.#resultsShortened;
    const pruned = fresh.map((message) =>
      this.#rules.resultBytesMax === null ? message : this.#prune(message),
    );
    const added = weighHistory(pruned);
    const after = { bytes: this.#after.bytes + added.bytes, tokens: this.#after.tokens + added.tokens };
    if (this.#guard !== null && this.#isHeavy(after)) {
      const { messages, report } = await this.#guard.fit([...this.#held.messages, ...fresh]);
      this.#replace(messages);
      this.#resultsShortened = shortened + report.pruned.length;
      if (report.compaction === 'done') this.#compactions++;
      return;
    }
    this.#after = after;
    if (!this.#needsTexts()) return;
    for (const message of pruned) this.#held.add(message);
    if (this.#guard === null && this.#trimmer === null) this.#held.forget();
  }

  #needsTexts(): boolean {
    const { contextTokensMax, contextMessagesMax } = this.#rules;
    const isBounded = this.#guard !== null || this.#trimmer !== null;
    return isBounded || contextTokensMax !== null || contextMessagesMax !== null;
  }

  #isHeavy({ bytes, tokens }: { readonly bytes: number; readonly tokens: number }): boolean {
    const { historyBytesMax, windowTokens } = this.#rules;
    if (historyBytesMax === null) return false;
    return bytes > historyBytesMax || tokens > Math.floor(windowTokens * windowShare);
  }

  /** What repeats a result that is gone must stay whole: the pruner learns anew what is still there. */
  #replace(messages: readonly ChatMessage[]): void {
    this.#held.replace(messages);
    this.#after = weighHistory(messages);
    this.#prune = this.#newPruner();
    const shortened = this.#resultsShortened;
    for (const message of messages) this.#prune(message);
    this.#resultsShortened = shortened;
  }

  #newPruner() {
    const { resultBytesMax, repeats } = guardOptions(this.#rules);
    return resultPruner({ bytesMax: resultBytesMax, repeats }, () => {
      this.#resultsShortened++;
    });
  }

  #tokensSent(): number {
    const { contextTokensMax, contextMessagesMax } = this.#rules;
    if (contextTokensMax === null && contextMessagesMax === null) return this.#after.tokens;
    return this.#held.tokensSent({
      tokensMax: contextTokensMax ?? unlimited.context,
      messagesMax: contextMessagesMax ?? unlimited.messages,
    });
  }
}

function guardOptions(rules: ReplayRules) {
  return {
    bytesMax: rules.historyBytesMax ?? undefined,
    tokensMax: rules.historyBytesMax === null ? unlimited.tokens : rules.windowTokens,
    resultBytesMax: rules.resultBytesMax ?? 10_000_000,
    repeats: rules.resultBytesMax !== null && rules.contextTokensMax === null && rules.pairsMax === null,
  };
}
