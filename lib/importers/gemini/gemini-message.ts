import type { MessageInput } from '#lib/chat/message-event.ts';
import { countAt, type Fields, fieldsAt, isFields, listAt, textAt } from '../fields.ts';
import type { ImportSink } from '../log-reader.ts';
import { toContent } from '../to-content.ts';
import { toName } from '../to-name.ts';

const geminiAgent = 'gemini-cli';

export type GeminiMessage = {
  readonly id: string;
  readonly message: Fields;
  readonly session: string;
  readonly sink: ImportSink;
};

type Said = Pick<MessageInput, 'role' | 'kind' | 'content'> &
  Partial<Pick<MessageInput, 'toolName' | 'toolCallId'>>;

/** One message: its thoughts, its text, its tool calls with their results, and the call that made it. */
export function noteGeminiMessage(line: GeminiMessage): void {
  const { message } = line;
  const type = textAt(message, 'type');
  const said: Said[] = [];
  for (const thought of listAt(message, 'thoughts')) {
    if (!isFields(thought)) continue;
    const texts = [textAt(thought, 'subject'), textAt(thought, 'description')].filter(
      (text) => text !== null,
    );
    said.push({ role: 'assistant', kind: 'thinking', content: texts.join('\n') });
  }
  const content = toContent(message['content']);
  if (content.length > 0) said.push({ role: roleOf(type), kind: 'text', content });
  for (const call of listAt(message, 'toolCalls')) if (isFields(call)) said.push(...toolTexts(call));
  said.forEach((one, index) => {
    say(line, index, one);
  });
  if (type === 'gemini') noteUsage(line);
}

function roleOf(type: string | null): MessageInput['role'] {
  return type === 'user' ? 'user' : type === 'gemini' ? 'assistant' : 'system';
}

function toolTexts(call: Fields): readonly Said[] {
  const callId = textAt(call, 'id');
  const tool = {
    toolName: toName(textAt(call, 'name') ?? 'tool'),
    ...(callId !== null && { toolCallId: toName(callId) }),
  };
  const asked: Said = {
    role: 'assistant',
    kind: 'tool_call',
    ...tool,
    content: JSON.stringify(call['args'] ?? {}),
  };
  const result = call['result'] ?? call['resultDisplay'];
  if (result === undefined || result === null) return [asked];
  return [asked, { role: 'tool', kind: 'tool_result', ...tool, content: toContent(result) }];
}

function say({ id, message, session, sink }: GeminiMessage, index: number, said: Said): void {
  sink.emit({
    type: 'message',
    id: toName(index === 0 ? id : `${id}:${index}`),
    ts: textAt(message, 'timestamp') ?? '',
    agent: geminiAgent,
    session,
    ...said,
  });
}

/**
 * Thoughts are billed as output. Whether cached tokens are inside of input shows in the total; where it does not
 * tell, more cached tokens than input cannot be inside of it.
 */
function noteUsage({ id, message, session, sink }: GeminiMessage): void {
  const tokens = fieldsAt(message, 'tokens');
  const model = textAt(message, 'model');
  if (model === null || message['tokens'] == null) return;
  const input = countAt(tokens, 'input') + countAt(tokens, 'tool');
  const cached = countAt(tokens, 'cached');
  const thoughts = countAt(tokens, 'thoughts');
  const output = countAt(tokens, 'output') + thoughts;
  const total = countAt(tokens, 'total');
  const isBeside =
    cached > 0 && (total === input + output + cached || (cached > input && total !== input + output));
  sink.emit({
    type: 'usage',
    id: toName(`gemini:${session}:${id}`),
    ts: textAt(message, 'timestamp') ?? '',
    agent: geminiAgent,
    session,
    provider: 'google',
    model: toName(model),
    inputTokens: input,
    cacheReadTokens: isBeside ? cached : Math.min(cached, input),
    outputTokens: output,
    reasoningTokens: thoughts,
    inputIncludesCache: !isBeside,
    onConflict: 'max',
  });
}
