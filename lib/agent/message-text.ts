import { type ChatMessage, isObject } from './chat-message.ts';

/** The message's own text: its content, or the texts among its parts. Not its tool calls and results. */
export function messageText(message: ChatMessage): string {
  const { content } = message;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .flatMap((part: unknown) => {
      if (typeof part === 'string') return [part];
      return isObject(part) && typeof part['text'] === 'string' ? [part['text']] : [];
    })
    .join('\n');
}
