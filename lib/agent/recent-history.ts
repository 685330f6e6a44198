import type { ChatMessage, ChatRole, MessageFacts } from './chat-message.ts';
import type { CutMessage } from './leave-out-files.ts';
import { groupMessages } from './message-units.ts';
import { type PruneContextOptions, pruneKnownContext } from './prune-context.ts';
import { readMessage } from './read-message.ts';
import { messageBytes } from './split-history.ts';

const partMessages = 64;
const partGrowth = 4;
/** Kept where nothing else bounds a history: more than any context. */
const bytesMax = 32_000_000;

type Held = { readonly role: ChatRole; readonly bytes: number };

/** A history of which the newest part is asked again and again, without reading all of it each time. */
export class RecentHistory {
  #held: Held[] = [];
  #bytes = 0;
  #messages: ChatMessage[] = [];
  readonly #facts = new WeakMap<ChatMessage, MessageFacts>();
  readonly #cuts = new WeakMap<ChatMessage, CutMessage>();
  #systems: { readonly message: ChatMessage; readonly place: number }[] = [];

  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  add(message: ChatMessage): void {
    const { role } = this.#read(message);
    const bytes = messageBytes(message);
    if (role === 'system') this.#systems.push({ message, place: this.#held.length });
    this.#held.push({ role, bytes });
    this.#messages.push(message);
    this.#bytes += bytes;
  }

  replace(messages: readonly ChatMessage[]): void {
    this.#held = [];
    this.#messages = [];
    this.#systems = [];
    this.#bytes = 0;
    for (const message of messages) this.add(message);
  }

  /** Above 32 MB the older half goes, but for system messages. */
  forget(): void {
    if (this.#bytes <= bytesMax) return;
    let bytes = 0;
    let from = this.#held.length;
    while (from > 0 && bytes < bytesMax / 2) bytes += this.#held[--from]?.bytes ?? 0;
    this.replace(this.#partFrom(from));
  }

  /** Tokens of what `pruneContext` makes of it. */
  tokensSent(options: PruneContextOptions): number {
    const known = { read: this.#read, cuts: this.#cuts };
    for (let count = partMessages; ; count *= partGrowth) {
      const from = this.#turnBefore(this.#held.length - count);
      const part = from === 0 ? this.#messages : this.#partFrom(from);
      const { report } = pruneKnownContext(part, options, known);
      // What was left out of a part is left out of the whole: older messages are looked at after it.
      if (from === 0 || !report.lastTurnWhole || report.messagesAfter < this.#soundMessages(part)) {
        return report.tokensAfter;
      }
    }
  }

  /** Where a turn begins, at or before a place. */
  #turnBefore(place: number): number {
    for (let index = place; index > 0; index--) if (this.#held[index]?.role === 'user') return index;
    return 0;
  }

  #partFrom(from: number): readonly ChatMessage[] {
    const systems = this.#systems.flatMap(({ message, place }) => (place < from ? [message] : []));
    return [...systems, ...this.#messages.slice(from)];
  }

  #soundMessages(messages: readonly ChatMessage[]): number {
    const { units } = groupMessages(messages, this.#read);
    return units.reduce((sum, { indices, isBroken }) => sum + (isBroken ? 0 : indices.length), 0);
  }

  /** Messages of a replay never change: each is read once. */
  readonly #read = (message: ChatMessage): MessageFacts => {
    const known = this.#facts.get(message);
    if (known !== undefined) return known;
    const facts = readMessage(message);
    this.#facts.set(message, facts);
    return facts;
  };
}
