import {
  type ChatMessage,
  type ChatRole,
  isObject,
  type JsonObject,
  type MessageFacts,
  type ToolCallFacts,
  textOf,
} from './chat-message.ts';
import { estimateTextTokens } from './estimate-text-tokens.ts';

/** What providers charge about for one picture, whatever its bytes. */
const pictureTokens = 1_600;
/** Roles and separators of a message. */
const frameTokens = 4;

/** Reads the structure of a message of any of the usual kinds. Never throws. */
export function readMessage(message: ChatMessage): MessageFacts {
  const calls: ToolCallFacts[] = [];
  const resultIds: string[] = [];
  let tokens = frameTokens;
  // What a client adds to the shape is read by name below, each value checked.
  const whole = message as JsonObject;

  if (Array.isArray(whole['content'])) {
    for (const part of whole['content']) tokens += readPart(part, calls, resultIds);
  } else {
    tokens += countTokens(whole['content']);
  }
  if (Array.isArray(whole['tool_calls'])) {
    for (const call of whole['tool_calls']) tokens += readOpenAiCall(call, calls);
  }
  const type = whole['type'];
  if (type === 'function_call' || type === 'function_call_output') {
    tokens += readResponsesItem(whole, calls, resultIds);
  }
  const answered = textOf(whole['tool_call_id']) || textOf(whole['toolCallId']);
  if (answered !== '') resultIds.push(answered);
  return { role: roleOf(message, calls, resultIds), calls, resultIds, tokens };
}

function readPart(part: unknown, calls: ToolCallFacts[], resultIds: string[]): number {
  if (typeof part === 'string') return estimateTextTokens(part);
  if (!isObject(part)) return 0;
  switch (part['type']) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return estimateTextTokens(textOf(part['text']));
    case 'tool_use':
    case 'tool-call':
    case 'toolCall': {
      const input = part['input'] ?? part['args'] ?? part['arguments'];
      const id = textOf(part['toolCallId']) || textOf(part['id']);
      const name = textOf(part['toolName']) || textOf(part['name']);
      calls.push({ id, name, input });
      return estimateTextTokens(name) + countTokens(input);
    }
    case 'tool_result':
    case 'tool-result':
      resultIds.push(textOf(part['tool_use_id']) || textOf(part['toolCallId']));
      return countTokens(part['content'] ?? part['output'] ?? part['result']);
    case 'image':
    case 'image_url':
    case 'input_image':
    case 'file':
      return pictureTokens;
    default:
      return countTokens(part);
  }
}

function readOpenAiCall(call: unknown, calls: ToolCallFacts[]): number {
  if (!isObject(call)) return 0;
  const made = isObject(call['function']) ? call['function'] : call;
  const name = textOf(made['name']);
  calls.push({ id: textOf(call['id']), name, input: made['arguments'] });
  return estimateTextTokens(name) + countTokens(made['arguments']);
}

function readResponsesItem(item: JsonObject, calls: ToolCallFacts[], resultIds: string[]): number {
  const id = textOf(item['call_id']);
  if (item['type'] === 'function_call') {
    calls.push({ id, name: textOf(item['name']), input: item['arguments'] });
    return countTokens(item['arguments']);
  }
  resultIds.push(id);
  return countTokens(item['output']);
}

/** Tokens of anything: a text as it is, an array of parts by its texts, else about what its JSON would be. */
function countTokens(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'string') return estimateTextTokens(value);
  if (Array.isArray(value)) return value.reduce((sum: number, part) => sum + readPart(part, [], []), 0);
  if (isObject(value) && typeof value['value'] === 'string') return estimateTextTokens(value['value']);
  return jsonTokens(value, 0);
}

/** Without writing the JSON, which would cost more than all the rest. Deeper than 50 levels is not looked at. */
function jsonTokens(value: unknown, depth: number): number {
  if (typeof value === 'string') return estimateTextTokens(value) + 1;
  if (typeof value !== 'object' || value === null || depth > 50) return 2;
  let tokens = 1;
  if (Array.isArray(value)) for (const item of value) tokens += jsonTokens(item, depth + 1);
  else {
    for (const [key, item] of Object.entries(value))
      tokens += key.length / 4 + 1 + jsonTokens(item, depth + 1);
  }
  return Math.ceil(tokens);
}

function roleOf(
  message: ChatMessage,
  calls: readonly ToolCallFacts[],
  resultIds: readonly string[],
): ChatRole {
  switch (message.role) {
    case 'system':
    case 'developer':
      return 'system';
    case 'tool':
    case 'toolResult':
    case 'function':
      return 'tool';
    case 'assistant':
    case 'model':
      return 'assistant';
    default:
      if (resultIds.length > 0) return 'tool';
      return calls.length > 0 ? 'assistant' : 'user';
  }
}
