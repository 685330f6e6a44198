import type { ChatMessage, MessageFacts } from './chat-message.ts';
import { cutMiddle } from './cut-middle.ts';
import { mapMessageTexts } from './map-message-texts.ts';
import { mapResultTexts } from './map-result-texts.ts';
import { groupMessages } from './message-units.ts';
import { pruneResponse } from './prune-response.ts';
import { readMessage } from './read-message.ts';

const resultBytes = [8_000, 2_000, 600, 256] as const;
const textChars = [8_000, 2_000, 600, 200] as const;

export type ShrunkTurn<T> = {
  readonly messages: readonly T[];
  readonly tokens: number;
  readonly fits: boolean;
};

type Limits = { readonly tokensMax: number; readonly bytesMax?: number };

/** How messages read, and what became of them before, for a turn that is shortened again and again. */
export type KnownTexts = {
  readonly read: (message: ChatMessage) => MessageFacts;
  readonly short?: ShortMessages | undefined;
};
/** What a message became at each length of its results, by what it was at the one before. */
export type ShortMessages = readonly WeakMap<ChatMessage, ChatMessage>[];

export function noShortMessages(): ShortMessages {
  return resultBytes.map(() => new WeakMap());
}

/**
 * Makes one turn fit: its tool results are shortened, more each time; then its oldest tool rounds go; then its
 * texts lose their middles. The user's message and the newest round always stay, however short.
 */
export function shrinkTurn<T extends ChatMessage>(
  turn: readonly T[],
  limits: Limits,
  known: KnownTexts = { read: readMessage },
): ShrunkTurn<T> {
  const scale = new Scale(limits, known.read);
  let shrunk = scale.judge(turn);
  for (const step of resultBytes.keys()) {
    if (shrunk.fits) return shrunk;
    shrunk = scale.judge(shrunk.messages.map((message) => withShortResults(message, step, known.short)));
  }
  if (shrunk.fits) return shrunk;
  shrunk = scale.judge(withoutOldestRounds(shrunk.messages, scale));
  for (const chars of textChars) {
    if (shrunk.fits) return shrunk;
    shrunk = scale.judge(
      shrunk.messages.map((message) =>
        known.read(message).role === 'system'
          ? message
          : mapMessageTexts(message, (text) => cutMiddle(text, chars)),
      ),
    );
  }
  return shrunk;
}

type Weight = { readonly tokens: number; readonly bytes: number; readonly messages: number };

/** Weighs messages by what is limited; their JSON only where bytes are. */
class Scale {
  readonly read: KnownTexts['read'];
  readonly #limits: Limits;

  constructor(limits: Limits, read: KnownTexts['read']) {
    this.#limits = limits;
    this.read = read;
  }

  weigh(messages: readonly ChatMessage[]): Weight {
    const { bytesMax } = this.#limits;
    let tokens = 0;
    let bytes = 0;
    for (const message of messages) {
      tokens += this.read(message).tokens;
      if (bytesMax !== undefined) bytes += Buffer.byteLength(JSON.stringify(message));
    }
    return { tokens, bytes, messages: messages.length };
  }

  /** Of a list's JSON the brackets and commas count too. */
  fits({ tokens, bytes, messages }: Weight): boolean {
    const { tokensMax, bytesMax } = this.#limits;
    const isLight = bytesMax === undefined || bytes + Math.max(0, messages - 1) + 2 <= bytesMax;
    return tokens <= tokensMax && isLight;
  }

  judge<T extends ChatMessage>(messages: readonly T[]): ShrunkTurn<T> {
    const weight = this.weigh(messages);
    return { messages, tokens: weight.tokens, fits: this.fits(weight) };
  }
}

function withShortResults<T extends ChatMessage>(message: T, step: number, short?: ShortMessages): T {
  // What a message became is of its own kind.
  const known = short?.[step]?.get(message) as T | undefined;
  if (known !== undefined) return known;
  const bytesMax = resultBytes[step] ?? resultBytes[0];
  const limits = {
    bytesMax,
    bytesTarget: Math.max(200, bytesMax >> 1),
    schemaBytesMax: Math.max(400, bytesMax >> 1),
    errorBytesMax: Math.max(200, bytesMax >> 2),
  };
  const made = mapResultTexts(message, ({ text, toolName }) => {
    return pruneResponse(text, { ...limits, toolName }).content;
  });
  short?.[step]?.set(message, made);
  return made;
}

/** As few of the oldest rounds less as makes it fit; one round always stays. */
function withoutOldestRounds<T extends ChatMessage>(messages: readonly T[], scale: Scale): readonly T[] {
  const { units, facts } = groupMessages(messages, scale.read);
  const rounds = units.filter(({ indices }) => {
    const role = facts[indices[0] ?? 0]?.role;
    return role === 'assistant' || role === 'tool';
  });
  let left = scale.weigh(messages);
  const gone = new Set<number>();
  for (const { indices } of rounds.slice(0, -1)) {
    if (scale.fits(left)) break;
    const round = scale.weigh(indices.flatMap((index) => messages[index] ?? []));
    left = {
      tokens: left.tokens - round.tokens,
      bytes: left.bytes - round.bytes,
      messages: left.messages - round.messages,
    };
    for (const index of indices) gone.add(index);
  }
  return messages.filter((_, index) => !gone.has(index));
}
