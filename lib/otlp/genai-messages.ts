import type { MessageInput } from '#lib/chat/message-event.ts';
import type { JsonValue } from '#lib/http/json-value.ts';
import { toName } from '#lib/ingest/to-name.ts';
import { hashKey } from '#lib/usage/event-key.ts';
import { type Attributes, findText } from './attributes.ts';
import { readIndexed } from './indexed-messages.ts';
import { readJsonText } from './read-json-text.ts';
import { type SaidMessage, type SaidPart, toParts, toSaidMessages } from './said-message.ts';

export type MessagePlace = {
  readonly agent: string;
  readonly session: string;
  readonly startTs: string;
  readonly endTs: string;
  /** What the same words are the same message in: the trace, or the session. */
  readonly within: string;
};

/**
 * What was said in a call, where its client tells it (off by default everywhere). Each call repeats the
 * whole history: taken is what came after the model last spoke, and what it answered. An id is made of the
 * place in the history and the words, so that a repeated call does not say them twice.
 */
export function readMessages(attributes: Attributes, place: MessagePlace): readonly MessageInput[] {
  const inputs = inputsOf(attributes);
  const lastAnswer = inputs.findLastIndex(({ role }) => role === 'assistant' || role === 'model');
  const asked = inputs.flatMap((message, index) =>
    index > lastAnswer ? toInputs(message, index, place) : [],
  );
  const answered = outputsOf(attributes).flatMap((message, index) =>
    toInputs({ ...message, role: 'assistant' }, inputs.length + index, { ...place, startTs: place.endTs }),
  );
  return [...systemOf(attributes, place), ...asked, ...answered];
}

/** Once a session, whatever the calls. */
function systemOf(attributes: Attributes, place: MessagePlace): readonly MessageInput[] {
  const told = attributes.get('gen_ai.system_instructions');
  const parts = toParts(readJsonText(told) ?? (typeof told === 'string' ? told : null));
  const text = parts.map((part) => part.text).join('\n\n');
  if (text === '') return [];
  return toInputs({ role: 'system', parts: toParts(text) }, 0, { ...place, within: 'system' });
}

function inputsOf(attributes: Attributes): readonly SaidMessage[] {
  for (const name of ['gen_ai.input.messages', 'ai.prompt.messages']) {
    const messages = toSaidMessages(readJsonText(attributes.get(name)));
    if (messages.length > 0) return messages;
  }
  const indexed = readIndexed(attributes, 'llm.input_messages');
  return indexed.length > 0 ? indexed : readIndexed(attributes, 'gen_ai.prompt');
}

function outputsOf(attributes: Attributes): readonly SaidMessage[] {
  const told = toSaidMessages(readJsonText(attributes.get('gen_ai.output.messages')));
  if (told.length > 0) return told;
  for (const prefix of ['llm.output_messages', 'gen_ai.completion']) {
    const indexed = readIndexed(attributes, prefix);
    if (indexed.length > 0) return indexed;
  }
  const text = findText(attributes, 'ai.response.text') ?? '';
  const calls: JsonValue = readJsonText(attributes.get('ai.response.toolCalls'));
  const parts = [
    ...toParts(text),
    ...toSaidMessages([{ role: 'assistant', tool_calls: calls }]).flatMap((said) => said.parts),
  ];
  return parts.length === 0 ? [] : [{ role: 'assistant', parts }];
}

function toInputs(message: SaidMessage, position: number, place: MessagePlace): readonly MessageInput[] {
  return message.parts.flatMap((part, index): readonly MessageInput[] => {
    if (part.text === '') return [];
    const role = roleOf(message.role, part);
    const kind = role === 'tool' ? 'tool_result' : part.kind;
    const words = JSON.stringify([role, kind, part.toolName, part.toolCallId, part.text]);
    return [
      {
        type: 'message',
        id: `otel:${hashKey(`${place.within}/${position}.${index}/${words}`)}`,
        ts: place.startTs,
        agent: place.agent,
        session: place.session,
        role,
        kind,
        content: part.text,
        ...(part.toolName !== null && { toolName: toName(part.toolName) }),
        ...(part.toolCallId !== null && { toolCallId: toName(part.toolCallId) }),
      },
    ];
  });
}

function roleOf(role: string, { kind }: SaidPart): MessageInput['role'] {
  if (kind === 'tool_result' || role === 'tool' || role === 'function') return 'tool';
  if (kind === 'tool_call' || kind === 'thinking') return 'assistant';
  if (role === 'assistant' || role === 'model') return 'assistant';
  return role === 'system' || role === 'developer' ? 'system' : 'user';
}
