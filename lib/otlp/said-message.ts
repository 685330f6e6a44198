import { isJsonObject, type JsonObject, type JsonValue } from '#lib/http/json-value.ts';

/** A piece of a chat as telemetry tells it. */
export type SaidPart = {
  readonly kind: 'text' | 'thinking' | 'tool_call' | 'tool_result';
  readonly text: string;
  readonly toolName: string | null;
  readonly toolCallId: string | null;
};

export type SaidMessage = { readonly role: string; readonly parts: readonly SaidPart[] };

/** A list of messages as the conventions, the AI SDK and providers write them. */
export function toSaidMessages(value: JsonValue): readonly SaidMessage[] {
  return asList(value).flatMap((message) => {
    if (!isJsonObject(message)) return [];
    const role = typeof message['role'] === 'string' ? message['role'] : 'user';
    const content = message['parts'] ?? message['content'] ?? null;
    const calls = asList(message['tool_calls'] ?? null)
      .filter(isJsonObject)
      .map(toCall);
    return [{ role, parts: [...toParts(content), ...calls] }];
  });
}

/** Parts of one message: a text, or a list of typed parts. */
export function toParts(content: JsonValue): readonly SaidPart[] {
  if (typeof content === 'string') return content === '' ? [] : [textPart(content)];
  return asList(content).flatMap((part) => {
    if (typeof part === 'string') return [textPart(part)];
    return isJsonObject(part) ? [toPart(part)] : [];
  });
}

export function textPart(text: string): SaidPart {
  return { kind: 'text', text, toolName: null, toolCallId: null };
}

function toPart(part: JsonObject): SaidPart {
  const type = typeof part['type'] === 'string' ? part['type'] : 'text';
  if (/^tool[-_]?(?:call[-_]?)?(?:response|result)$/i.test(type)) {
    const given = part['response'] ?? part['result'] ?? part['output'] ?? part['content'] ?? '';
    return { kind: 'tool_result', text: toText(unwrap(given)), ...toolOf(part) };
  }
  if (/^tool[-_]?(?:call|use)$/i.test(type)) return toCall(part);
  const text = toText(part['content'] ?? part['text'] ?? part['thinking'] ?? part['reasoning'] ?? null);
  if (/reason|think/i.test(type)) return { ...textPart(text), kind: 'thinking' };
  if (text !== '') return textPart(text);
  const stub = [type, part['mime_type'] ?? part['mediaType']].filter((word) => typeof word === 'string');
  // Pictures and files are said to be there; their bytes are no text.
  return textPart(`[${stub.join(', ').slice(0, 100)}]`);
}

/** The AI SDK says of a result what type it is. */
function unwrap(given: JsonValue): JsonValue {
  const isTyped = isJsonObject(given) && typeof given['type'] === 'string';
  return isTyped ? (given['value'] ?? given) : given;
}

/** A tool call of the conventions, or of OpenAI with its `function`. */
function toCall(part: JsonObject): SaidPart {
  const inner = isJsonObject(part['function']) ? part['function'] : part;
  const given = inner['arguments'] ?? inner['input'] ?? inner['args'] ?? {};
  return { kind: 'tool_call', text: toText(given), ...toolOf({ ...part, ...inner }) };
}

function toolOf(part: JsonObject): Pick<SaidPart, 'toolName' | 'toolCallId'> {
  const name = part['name'] ?? part['toolName'] ?? part['tool_name'];
  const id = part['id'] ?? part['toolCallId'] ?? part['tool_call_id'] ?? part['tool_use_id'];
  return {
    toolName: typeof name === 'string' && name !== '' ? name : null,
    toolCallId: typeof id === 'string' && id !== '' ? id : null,
  };
}

function toText(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function asList(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
