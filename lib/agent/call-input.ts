import { isObject, type JsonObject, type ToolCallFacts, textOf } from './chat-message.ts';

/** A call's arguments as an object: as they are, or parsed from the JSON text that OpenAI sends. */
export function callInput({ input }: Pick<ToolCallFacts, 'input'>): JsonObject {
  if (isObject(input)) return input;
  if (typeof input !== 'string' || input.length > 100_000) return {};
  try {
    const parsed: unknown = JSON.parse(input);
    return isObject(parsed) ? parsed : {};
  } catch {
    // Arguments that were cut off while streaming.
    return {};
  }
}

const readingTool =
  /^(read|view|cat|open|fetch)([-_ ]?(text|many|multiple))?([-_ ]?files?)?$|read_?file|get_?file_?contents?/i;

/** The path of the file that a call reads, or null when it reads none. */
export function filePathOf(call: ToolCallFacts): string | null {
  if (!readingTool.test(call.name)) return null;
  const input = callInput(call);
  const path = ['path', 'file_path', 'filePath', 'filename', 'file']
    .map((name) => textOf(input[name]))
    .find(Boolean);
  return path ?? null;
}

/** The action that a tool is asked for, like `config.schema`, or an empty text. */
export function actionOf(call: ToolCallFacts): string {
  const input = callInput(call);
  return textOf(input['action']) || textOf(input['method']) || textOf(input['command']).slice(0, 100);
}

/** Two calls with the same signature ask for the same thing. */
export function callSignature(call: ToolCallFacts): string {
  return `${call.name} ${stableJson(callInput(call))}`;
}

function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const entries = Object.keys(value).sort();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${stableJson(value[key])}`).join(',')}}`;
}
