import { isObject, textOf } from './chat-message.ts';
import { cutMiddle } from './cut-middle.ts';
import { findErrorLines, findErrorTexts, findJsonErrors } from './find-errors.ts';
import { fitErrors } from './fit-errors.ts';
import { outlineJson } from './outline-json.ts';
import { findSchema, outlineSchema } from './outline-schema.ts';
import type { ResponseRule } from './prune-response.ts';

type ShortenBounds = {
  readonly bytesTarget: number;
  readonly schemaBytesMax: number;
  readonly errorBytesMax: number;
  readonly handle: string;
  readonly bytesBefore: number;
};

type Shortened = { readonly rule: string; readonly text: string };

/** Room for the note, its handle and the braces around. */
const noteBytes = 220;
/** What the barest outline of a JSON value may take, whatever the target. */
const barestBytes = 2_000;

/** A summary of a JSON value, as JSON: what it was, its errors, its shape. */
export function shortenJson(
  value: unknown,
  input: ShortenBounds & {
    readonly about: { readonly toolName: string; readonly action: string };
    readonly rules: readonly ResponseRule[];
  },
): Shortened {
  const told = findJsonErrors(value);
  const write = (rule: string, note: string, shape: unknown): Shortened => {
    // What a schema describes at length are no errors.
    const texts = rule === 'schema' ? [] : findErrorTexts(value).filter((line) => !isToldBy(told, line));
    const errors = fitErrors([...told, ...texts], input.errorBytesMax);
    const pruned = `${note} Whole result: ${input.bytesBefore} bytes, ${input.handle}.`;
    return { rule, text: JSON.stringify({ pruned, ...(errors.length === 0 ? {} : { errors }), shape }) };
  };
  for (const rule of input.rules) {
    const next = applyRule(rule, value, input.about);
    if (next !== null && next !== undefined) return write(rule.name, 'Shortened.', next);
  }
  const schema = isSchemaAsked(input.about) || looksLikeSchema(value) ? findSchema(value) : null;
  if (schema !== null) {
    const outline = outlineSchema(schema, input.schemaBytesMax - noteBytes);
    return write('schema', 'A schema: its keys and types, descriptions left out.', outline);
  }
  const tools = listTools(value);
  if (tools !== null) {
    return write(
      'tools',
      `${tools.length} tools: their names.`,
      outlineJson(tools, input.bytesTarget - noteBytes),
    );
  }
  return write(
    'json',
    'Shortened: long arrays and texts cut.',
    outlineJson(value, input.bytesTarget - noteBytes),
  );
}

/** A rule that breaks passes: what it was for is shortened like anything else. */
function applyRule(rule: ResponseRule, value: unknown, about: Parameters<ResponseRule['apply']>[1]): unknown {
  try {
    return rule.apply(value, about);
  } catch {
    return null;
  }
}

function isToldBy(errors: readonly string[], line: string): boolean {
  return errors.some((error) => error.includes(line));
}

function isSchemaAsked({
  action,
  toolName,
}: {
  readonly action: string;
  readonly toolName: string;
}): boolean {
  return /schema/i.test(action) || /schema/i.test(toolName);
}

function looksLikeSchema(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (typeof value['$schema'] === 'string') return true;
  const schema = findSchema(value);
  return schema !== null && (schema['type'] === 'object' || '$defs' in schema || 'definitions' in schema);
}

/** The names of what an MCP server or a provider lists as tools, each with its schema; null for anything else. */
function listTools(value: unknown): readonly string[] | null {
  const list = isObject(value) ? (value['tools'] ?? value['functions']) : value;
  if (!Array.isArray(list) || list.length < 3) return null;
  const names = list.flatMap((tool: unknown) => {
    if (!isObject(tool)) return [];
    const made = isObject(tool['function']) ? tool['function'] : tool;
    const hasSchema = 'inputSchema' in made || 'input_schema' in made || 'parameters' in made;
    return hasSchema && textOf(made['name']) !== '' ? [textOf(made['name'])] : [];
  });
  return names.length === list.length ? names : null;
}

const shortenedText = /^(?:\[Shortened\. Whole result: \d+ bytes, |\{"pruned":"[^"]*)plimsoll:[0-9a-f]{16}\./;

/** A text that these functions made: to shorten it again would take the whole one's size and handle away. */
export function isShortened(
  text: string,
  bounds: Pick<ShortenBounds, 'bytesTarget' | 'errorBytesMax'>,
): boolean {
  const bytesMost = Math.max(bounds.bytesTarget, barestBytes) + bounds.errorBytesMax + noteBytes;
  return text.length <= bytesMost && Buffer.byteLength(text) <= bytesMost && shortenedText.test(text);
}

/** Head and tail of a text, with the lines between that speak of errors. */
export function shortenText(text: string, input: ShortenBounds): Shortened {
  const note = `[Shortened. Whole result: ${input.bytesBefore} bytes, ${input.handle}.]`;
  const ends = cutMiddle(text, Math.max(120, input.bytesTarget - noteBytes));
  const errors = fitErrors(
    findErrorLines(text).filter((line) => !ends.includes(line)),
    input.errorBytesMax,
  );
  const told =
    errors.length === 0 ? '' : `\n[Lines of what is left out that speak of errors:]\n${errors.join('\n')}`;
  return { rule: 'text', text: `${note}\n${ends}${told}` };
}
