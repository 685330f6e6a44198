import type { ChatMessage, ChatRole, MessageFacts } from './chat-message.ts';
import type { CutMessage } from './leave-out-files.ts';
import { type PruneContextOptions, pruneKnownContext } from './prune-context.ts';
import { readMessage } from './read-message.ts';
import { noShortMessages } from './shrink-turn.ts';
import { messageBytes } from './split-history.ts';

const partMessages = 64;
const partGrowth = 2;
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
  readonly #short = noShortMessages();
  /** Where the last turn begins: its user's message. */
  #turnFrom: number | null = null;
  /** How many of the newest messages were enough the last time. */
  #partMessages = partMessages;
  #systems: { readonly message: ChatMessage; readonly place: number }[] = [];

  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  add(message: ChatMessage): void {
    const { role } = this.#read(message);
    const bytes = messageBytes(message);
    if (role === 'user') this.#turnFrom = this.#held.length;
    if (role === 'system') this.#systems.push({ message, place: this.#held.length });
    this.#held.push({ role, bytes });
    this.#messages.push(message);
    this.#bytes += bytes;
  }

  replace(messages: readonly ChatMessage[]): void {
    this.#held = [];
    this.#messages = [];
    this.#systems = [];
    this.#turnFrom = null;
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
    const known = { read: this.#read, cuts: this.#cuts, short: this.#short };
    for (let count = this.#partMessages; ; count *= partGrowth) {
      const place = this.#held.length - count;
      const isOfTurn = this.#turnFrom !== null && place > this.#turnFrom;
      const tail = isOfTurn ? this.#tailOfTurn(place) : null;
      if (isOfTurn && tail === null) continue;
      const from = this.#turnBefore(place);
      const part = tail ?? (from === 0 ? this.#messages : this.#partFrom(from));
      const { report, messagesSound } = pruneKnownContext(part, options, known);
      const isCut = report.messagesAfter < messagesSound;
      // What was left out of a part is left out of the whole: older messages are looked at after it. Of a part
      // of the last turn that is so only where rounds had to go, after everything else had been tried.
      if (tail === null ? from === 0 || !report.lastTurnWhole || isCut : !report.lastTurnWhole && isCut) {
        this.#partMessages = Math.max(
          partMessages,
          isWide(count, report.messagesAfter) ? count / partGrowth : count,
        );
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

  /** The last turn without its rounds before a place; null where a result after it answers a call before it. */
  #tailOfTurn(place: number): readonly ChatMessage[] | null {
    const tail = this.#messages.slice(place);
    const asked = new Set<string>();
    for (const message of tail) {
      const { calls, resultIds } = this.#read(message);
      if (resultIds.some((id) => !asked.has(id))) return null;
      for (const { id } of calls) asked.add(id);
    }
    const question = this.#messages[this.#turnFrom ?? 0];
    const systems = this.#systems.flatMap((system) => (system.place < place ? [system.message] : []));
    return question === undefined ? null : [...systems, question, ...tail];
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

/** Whether a part of the next smaller size would have been enough, with some room. */
function isWide(count: number, used: number): boolean {
  return used * 1.5 < count / partGrowth;
}
