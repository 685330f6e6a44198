import type { ChatMessage } from './chat-message.ts';

/** A message as the app (or a log) recorded it: a call and its result are rows of their own. */
export type RecordedMessage = {
  readonly role: 'user' | 'assistant' | 'system' | 'tool';
  readonly kind: 'text' | 'thinking' | 'tool_call' | 'tool_result' | 'summary';
  readonly content: unknown;
  readonly toolName: string | null;
  readonly toolCallId: string | null;
};

/**
 * Recorded messages as a history that can be replayed: every call has its result and every result its call.
 * A result without a call gets one, since somebody must have asked; a call that was never answered is a text.
 */
export function toHistory(recorded: readonly RecordedMessage[]): readonly ChatMessage[] {
  const answered = recorded.flatMap(({ kind, toolCallId }) =>
    kind === 'tool_result' && toolCallId !== null ? [toolCallId] : [],
  );
  return recorded.flatMap(historyMaker(new Set(answered)));
}

/** The same message by message, in order. @param answered ids of all calls that have a result anywhere. */
export function historyMaker(
  answered: ReadonlySet<string>,
): (message: RecordedMessage) => readonly ChatMessage[] {
  const asked = new Set<string>();
  let unnamed = 0;
  return (message) => {
    const text = recordedText(message);
    const toolName = message.toolName ?? 'tool';
    if (message.kind === 'tool_call') {
      const id = message.toolCallId;
      if (id === null || !answered.has(id) || asked.has(id)) return [{ role: 'assistant', content: text }];
      asked.add(id);
      return [toolCall(id, toolName, text)];
    }
    if (message.kind === 'tool_result' || message.role === 'tool') {
      const id = message.toolCallId ?? `unnamed ${unnamed++}`;
      const made = { role: 'tool', tool_call_id: id, toolName, content: text };
      if (asked.has(id)) return [made];
      asked.add(id);
      return [toolCall(id, toolName, ''), made];
    }
    return [{ role: message.role, content: text }];
  };
}

function toolCall(toolCallId: string, toolName: string, input: string): ChatMessage {
  return { role: 'assistant', content: [{ type: 'tool-call', toolCallId, toolName, input }] };
}

export function recordedText({ content }: RecordedMessage): string {
  if (typeof content === 'string') return content;
  if (content === null || content === undefined) return '';
  return JSON.stringify(content);
}
