import { type ChatMessage, isObject, type JsonObject, textOf } from './chat-message.ts';

export type ResultText = { readonly text: string; readonly callId: string; readonly toolName: string };

/**
 * The message with the text of each tool result replaced by what `replace` gives for it; the same object when
 * nothing changed. `replace` must keep JSON valid where it was given JSON.
 */
export function mapResultTexts<T extends ChatMessage>(
  message: T,
  replace: (result: ResultText) => string,
): T {
  const whole = message as JsonObject;
  const callId = textOf(whole['tool_call_id']) || textOf(whole['toolCallId']) || textOf(whole['call_id']);
  const toolName = textOf(whole['toolName']) || textOf(whole['name']);
  if (whole['type'] === 'function_call_output') {
    return withChange(message, 'output', mapContent(whole['output'], { callId, toolName }, replace));
  }
  const isResult = callId !== '' && (whole['role'] === 'tool' || whole['role'] === 'toolResult');
  if (isResult)
    return withChange(message, 'content', mapContent(whole['content'], { callId, toolName }, replace));
  if (!Array.isArray(whole['content'])) return message;
  return withChange(message, 'content', mapParts(whole['content'], replace));
}

type Names = { readonly callId: string; readonly toolName: string };
type Replace = (result: ResultText) => string;

function mapParts(parts: readonly unknown[], replace: Replace): readonly unknown[] {
  let changed = false;
  const mapped = parts.map((part) => {
    const next = mapResultPart(part, replace);
    if (next !== part) changed = true;
    return next;
  });
  return changed ? mapped : parts;
}

function mapResultPart(part: unknown, replace: Replace): unknown {
  if (!isObject(part)) return part;
  const names = {
    callId: textOf(part['tool_use_id']) || textOf(part['toolCallId']),
    toolName: textOf(part['toolName']),
  };
  if (part['type'] === 'tool_result') {
    return withChange(part, 'content', mapContent(part['content'], names, replace));
  }
  if (part['type'] !== 'tool-result') return part;
  const output = part['output'];
  if (!isObject(output)) return withChange(part, 'output', mapContent(output, names, replace));
  return withChange(part, 'output', mapOutput(output, names, replace));
}

/** The AI SDK's output: text, JSON, or content parts. */
function mapOutput(output: JsonObject, names: Names, replace: Replace): JsonObject {
  if (output['type'] === 'json' || output['type'] === 'error-json') {
    const text = JSON.stringify(output['value']) ?? 'null';
    const next = replace({ text, ...names });
    return next === text ? output : { ...output, value: parseOrText(next) };
  }
  return withChange(output, 'value', mapContent(output['value'], names, replace));
}

function mapContent(content: unknown, names: Names, replace: Replace): unknown {
  if (typeof content === 'string') return replace({ text: content, ...names });
  if (!Array.isArray(content)) return content;
  let changed = false;
  const mapped = content.map((part: unknown) => {
    if (!isObject(part) || typeof part['text'] !== 'string') return part;
    const text = replace({ text: part['text'], ...names });
    if (text === part['text']) return part;
    changed = true;
    return { ...part, text };
  });
  return changed ? mapped : content;
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A copy of the same shape, one value replaced by another of the same kind. */
function withChange<T extends object>(whole: T, name: string, value: unknown): T {
  return (whole as JsonObject)[name] === value ? whole : { ...whole, [name]: value };
}
