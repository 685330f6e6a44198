import type { ChatMessage, MessageFacts } from './chat-message.ts';
import { messageText } from './message-text.ts';

/** What the newest turn needs of the past: nothing, some of it, or the work in hand. */
export type ConversationKind = 'question' | 'dialogue' | 'work';

/** Shares of `tokensMax` and `messagesMax`, which stay the hard bounds. */
export const kindShares = {
  question: { tokens: 0.5, messages: 0.6 },
  dialogue: { tokens: 1, messages: 1 },
  work: { tokens: 1, messages: 1 },
} as const satisfies Record<ConversationKind, { readonly tokens: number; readonly messages: number }>;

const refersBack =
  /\b(it|its|that|this|these|those|they|them|he|she|again|above|before|earlier|previous|also|same|continue|go on|else|why|yes|no|ok|instead|still)\b/i;
const questionCharsMax = 400;

/** Guesses the kind from the last turn: tools used in it, or whether its words point at what was said before. */
export function conversationKind(input: {
  readonly messages: readonly ChatMessage[];
  readonly facts: readonly MessageFacts[];
  readonly lastTurnStart: number;
}): ConversationKind {
  const { messages, facts, lastTurnStart } = input;
  if (facts.slice(lastTurnStart).some((fact) => fact.calls.length > 0)) return 'work';
  const asked = messages[lastTurnStart];
  const text = asked === undefined ? '' : messageText(asked);
  // Words of other alphabets are not known here: such a turn keeps the full limits.
  const isKnownAlphabet = /^[\p{Script=Latin}\P{L}]*$/u.test(text.slice(0, questionCharsMax));
  const standsAlone =
    isKnownAlphabet && text.length <= questionCharsMax && text.includes('?') && !refersBack.test(text);
  return standsAlone ? 'question' : 'dialogue';
}
