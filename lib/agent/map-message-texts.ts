import { type ChatMessage, isObject } from './chat-message.ts';

/**
 * The message with its own text (not its tool calls and results) replaced by what `replace` gives for it; the
 * same object when nothing changed.
 */
export function mapMessageTexts<T extends ChatMessage>(message: T, replace: (text: string) => string): T {
  const { content } = message;
  if (typeof content === 'string') {
    const next = replace(content);
    return next === content ? message : { ...message, content: next };
  }
  if (!Array.isArray(content)) return message;
  let changed = false;
  const parts = content.map((part: unknown) => {
    if (!isObject(part) || typeof part['text'] !== 'string') return part;
    const text = replace(part['text']);
    if (text === part['text']) return part;
    changed = true;
    return { ...part, text };
  });
  return changed ? { ...message, content: parts } : message;
}
