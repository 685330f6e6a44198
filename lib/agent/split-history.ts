import type { ChatMessage } from './chat-message.ts';
import { groupMessages } from './message-units.ts';
import { readMarker, type SessionMarker } from './session-marker.ts';

/** One round of a history: a message, or tool calls with their results. */
export type Round<T> = {
  readonly messages: readonly T[];
  readonly bytes: number;
  readonly tokens: number;
  readonly isUser: boolean;
};

export type SplitHistory<T> = {
  readonly system: readonly T[];
  /** What an earlier compaction said of the past. */
  readonly marker: SessionMarker | null;
  /** In order; calls without results and results without calls are left out. */
  readonly rounds: readonly Round<T>[];
  /** Messages of broken rounds. */
  readonly brokenCount: number;
};

/** Bytes of a message in a session file: its JSON and a line break. */
export function messageBytes(message: ChatMessage): number {
  return Buffer.byteLength(JSON.stringify(message)) + 1;
}

export function splitHistory<T extends ChatMessage>(messages: readonly T[]): SplitHistory<T> {
  const { facts, units } = groupMessages(messages);
  const system: T[] = [];
  const rounds: Round<T>[] = [];
  let marker: SessionMarker | null = null;
  let brokenCount = 0;
  for (const unit of units) {
    const whole = unit.indices.flatMap((index) => messages[index] ?? []);
    const [first] = whole;
    const role = facts[unit.indices[0] ?? 0]?.role;
    const found = role === 'user' && first !== undefined ? readMarker(first) : null;
    if (role === 'system') system.push(...whole);
    else if (found !== null) marker = found;
    else if (unit.isBroken) brokenCount += whole.length;
    else {
      const bytes = whole.reduce((sum, message) => sum + messageBytes(message), 0);
      rounds.push({ messages: whole, bytes, tokens: unit.tokens, isUser: role === 'user' });
    }
  }
  return { system, marker, rounds, brokenCount };
}

type Limits = { readonly bytesMax: number; readonly tokensMax: number; readonly turnsMax: number };

/**
 * The newest rounds within the limits, and what is left. The newest round and the last words of the user
 * always stay, whatever they weigh.
 */
export function selectNewest<T>(
  rounds: readonly Round<T>[],
  limits: Limits,
): { readonly kept: readonly Round<T>[]; readonly left: readonly Round<T>[] } {
  const lastUser = rounds.findLastIndex(({ isUser }) => isUser);
  const must = new Set([lastUser, rounds.length - 1]);
  let bytes = 0;
  let tokens = 0;
  for (const index of must) {
    bytes += rounds[index]?.bytes ?? 0;
    tokens += rounds[index]?.tokens ?? 0;
  }
  let turns = 0;
  let from = rounds.length;
  for (let index = rounds.length - 1; index >= 0; index--) {
    const round = rounds[index];
    if (round === undefined) break;
    if (!must.has(index)) {
      bytes += round.bytes;
      tokens += round.tokens;
      if (bytes > limits.bytesMax || tokens > limits.tokensMax) break;
    }
    from = index;
    if (round.isUser && ++turns >= limits.turnsMax) break;
  }
  const isKept = (index: number) => index >= from || must.has(index);
  return {
    kept: rounds.filter((_, index) => isKept(index)),
    left: rounds.filter((_, index) => !isKept(index)),
  };
}
