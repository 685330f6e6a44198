import type { Message } from '#lib/client/message-query.ts';

/** A whole message as text: parts as the JSON that was sent. */
export function contentText(content: Message['content']): string {
  if (content === null) return '';
  return typeof content === 'string' ? content : JSON.stringify(content, null, 2);
}
