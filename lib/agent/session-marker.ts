import type { ChatMessage } from './chat-message.ts';
import { messageText } from './message-text.ts';

/** What a history says about its own past: how many messages are gone, and what is known of them. */
export type SessionMarker = { readonly summedUp: number; readonly leftOut: number; readonly summary: string };

const head = /^\[Earlier in this session: (\d+) messages summed up, (\d+) left out\.\]\n?/;

export function writeMarker({ summedUp, leftOut, summary }: SessionMarker): string {
  return `[Earlier in this session: ${summedUp} messages summed up, ${leftOut} left out.]\n${summary}`;
}

/** The marker that a message is, or null for any other message. */
export function readMarker(message: ChatMessage): SessionMarker | null {
  const text = messageText(message);
  const match = head.exec(text);
  if (match === null) return null;
  return { summedUp: Number(match[1]), leftOut: Number(match[2]), summary: text.slice(match[0].length) };
}
