import type { ChatMessage } from './chat-message.ts';
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

/**
 * Makes one turn fit: its tool results are shortened, more each time; then its oldest tool rounds go; then its
 * texts lose their middles. The user's message and the newest round always stay, however short.
 */
export function shrinkTurn<T extends ChatMessage>(
  turn: readonly T[],
  limits: { readonly tokensMax: number; readonly bytesMax?: number },
): ShrunkTurn<T> {
  const judge = (messages: readonly T[]): ShrunkTurn<T> => {
    const tokens = messages.reduce((sum, message) => sum + readMessage(message).tokens, 0);
    const isLight =
      limits.bytesMax === undefined || Buffer.byteLength(JSON.stringify(messages)) <= limits.bytesMax;
    return { messages, tokens, fits: tokens <= limits.tokensMax && isLight };
  };
  let shrunk = judge(turn);
  for (const bytes of resultBytes) {
    if (shrunk.fits) return shrunk;
    shrunk = judge(shrunk.messages.map((message) => withShortResults(message, bytes)));
  }
  while (!shrunk.fits) {
    const fewer = withoutOldestRound(shrunk.messages);
    if (fewer === null) break;
    shrunk = judge(fewer);
  }
  for (const chars of textChars) {
    if (shrunk.fits) return shrunk;
    shrunk = judge(
      shrunk.messages.map((message) =>
        readMessage(message).role === 'system'
          ? message
          : mapMessageTexts(message, (text) => cutMiddle(text, chars)),
      ),
    );
  }
  return shrunk;
}

function withShortResults<T extends ChatMessage>(message: T, bytesMax: number): T {
  return mapResultTexts(message, ({ text, toolName }) => {
    const limits = {
      bytesMax,
      bytesTarget: Math.max(200, bytesMax >> 1),
      schemaBytesMax: Math.max(400, bytesMax >> 1),
    };
    return pruneResponse(text, { ...limits, errorBytesMax: Math.max(200, bytesMax >> 2), toolName }).content;
  });
}

/** Null when only the user's message and one round are left. */
function withoutOldestRound<T extends ChatMessage>(messages: readonly T[]): readonly T[] | null {
  const { units, facts } = groupMessages(messages);
  const rounds = units.filter(({ indices }) => {
    const role = facts[indices[0] ?? 0]?.role;
    return role === 'assistant' || role === 'tool';
  });
  const oldest = rounds[0];
  if (rounds.length < 2 || oldest === undefined) return null;
  const gone = new Set(oldest.indices);
  return messages.filter((_, index) => !gone.has(index));
}
