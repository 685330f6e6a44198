import { type AgentClock, systemClock } from './agent-clock.ts';
import type { OperationSink } from './agent-event.ts';
import type { ChatMessage } from './chat-message.ts';
import { groupMessages } from './message-units.ts';
import { type NumericOptions, resolveOptions } from './resolve-options.ts';
import { tellHost } from './tell-host.ts';

export const historyTrimmerBounds = {
  /** Pairs of a request and its answer that a history should hold. */
  pairsMax: { default: 10, min: 1, max: 100_000, unit: 'pairs' },
} as const;

export type HistoryTrimmerOptions = NumericOptions<typeof historyTrimmerBounds> & {
  /** Is told of each trim. */
  readonly onOperation?: OperationSink | undefined;
  readonly clock?: AgentClock | undefined;
};

export type TrimStats = {
  readonly length: number;
  /** Messages: `pairsMax * 2 + 5`. */
  readonly limit: number;
  /** `length / limit`: 1 is full, trimming begins above 1.5. */
  readonly utilisation: number;
  readonly trims: number;
  readonly messagesDropped: number;
  /** Of the last trim. */
  readonly durationMs: number;
};

const spareMessages = 5;
const triggerShare = 1.5;
const targetShare = 1.2;

/**
 * Keeps a history short while tools are still running: nothing happens up to 150 % of `pairsMax * 2 + 5`
 * messages; above, the oldest go until 120 % of `pairsMax` pairs are left. So a trim is rare and cheap, and
 * a provider's cache of the beginning is not broken at every message.
 */
export class HistoryTrimmer {
  readonly #pairsMax: number;
  readonly #clock: AgentClock;
  readonly #onOperation: OperationSink | undefined;
  #stats: TrimStats;

  constructor(options: HistoryTrimmerOptions = {}) {
    const { pairsMax } = resolveOptions('HistoryTrimmer', historyTrimmerBounds, options);
    this.#pairsMax = pairsMax;
    this.#clock = options.clock ?? systemClock;
    this.#onOperation = options.onOperation;
    const limit = pairsMax * 2 + spareMessages;
    this.#stats = { length: 0, limit, utilisation: 0, trims: 0, messagesDropped: 0, durationMs: 0 };
  }

  /** The same array while it is short enough; else a new one with the system messages and the newest. */
  trim<T extends ChatMessage>(messages: readonly T[]): readonly T[] {
    const { limit } = this.#stats;
    if (messages.length <= limit * triggerShare) {
      this.#stats = { ...this.#stats, length: messages.length, utilisation: messages.length / limit };
      return messages;
    }
    const startedMs = this.#clock.elapsed();
    const trimmed = keepNewest(messages, Math.ceil(this.#pairsMax * targetShare) * 2);
    const durationMs = this.#clock.elapsed() - startedMs;
    const messagesDropped = messages.length - trimmed.length;
    tellHost(this.#onOperation, {
      name: 'trim',
      kind: 'prune',
      durationMs,
      attributes: { messages: messagesDropped },
    });
    this.#stats = {
      length: trimmed.length,
      limit,
      utilisation: trimmed.length / limit,
      trims: this.#stats.trims + 1,
      messagesDropped: this.#stats.messagesDropped + messagesDropped,
      durationMs,
    };
    return trimmed;
  }

  stats(): TrimStats {
    return this.#stats;
  }

  /** Nothing is held: here because every part has it. */
  close(): void {}
}

/** System messages, and of the others the newest whole units, at most `messagesMax` messages (one unit at least). */
function keepNewest<T extends ChatMessage>(messages: readonly T[], messagesMax: number): readonly T[] {
  const { units, facts } = groupMessages(messages);
  const kept = new Set<number>();
  let room = messagesMax;
  for (const unit of [...units].reverse()) {
    const isSystem = facts[unit.indices[0] ?? 0]?.role === 'system';
    if (unit.isBroken && !isSystem) continue;
    if (!isSystem && room <= 0) continue;
    if (!isSystem && unit.indices.length > room && room < messagesMax) {
      room = 0;
      continue;
    }
    if (!isSystem) room -= unit.indices.length;
    for (const index of unit.indices) kept.add(index);
  }
  return messages.filter((_, index) => kept.has(index));
}
