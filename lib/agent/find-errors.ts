import { isObject, type JsonObject } from './chat-message.ts';
import { cutMiddle, wholeSlice } from './cut-middle.ts';
import { messageText } from './message-text.ts';

const errorKeys = new Set([
  'error',
  'errors',
  'err',
  'exception',
  'failure',
  'stderr',
  'errormessage',
  'error_message',
  'traceback',
  'stack',
]);
const tellingKeys = ['message', 'reason', 'detail', 'details', 'description', 'code', 'name'];
const errorLine =
  /\b(error|exception|fatal|panic|traceback|failed|failure|denied|refused|cannot|unauthorized|forbidden|not found)\b/i;
const everyErrorWord = new RegExp(errorLine, 'gi');
const nodesMax = 400_000;
/** Shorter ones are hardly cut. */
const longTextChars = 100;
const charsBeforeWord = 120;
const excerptsMax = 100;
const errorCharsMax = 1_000;
const lineCharsMax = 500;

/**
 * Every error message in a JSON value, wherever it stands: under `error`, `stderr` and the like, and beside
 * `isError: true`, `ok: false`, `status: "failed"`. Each once, at most 1,000 characters of each.
 */
export function findJsonErrors(value: unknown): readonly string[] {
  const found = new Set<string>();
  const open: unknown[] = [value];
  for (let seen = 0; open.length > 0 && seen < nodesMax; seen++) {
    const node = open.pop();
    if (Array.isArray(node)) {
      for (let index = node.length - 1; index >= 0; index--)
        if (isNested(node[index])) open.push(node[index]);
    } else if (isObject(node)) {
      collectErrors(node, found);
      for (const child of Object.values(node)) if (isNested(child)) open.push(child);
    }
  }
  return [...found];
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function collectErrors(node: JsonObject, found: Set<string>): void {
  for (const [key, value] of Object.entries(node)) {
    if (!errorKeys.has(key.toLowerCase()) || isNothing(value)) continue;
    // A schema may describe a field named `error`; what is described is no error.
    if (isObject(value) && ('properties' in value || ('type' in value && 'description' in value))) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      const text = typeof one === 'string' ? one : JSON.stringify(one);
      found.add(`${key}: ${cutMiddle(text, errorCharsMax)}`);
    }
  }
  if (!saysFailure(node)) return;
  const told = tellingKeys.flatMap((key) =>
    isNothing(node[key]) || isNested(node[key]) ? [] : [String(node[key])],
  );
  const content = messageText({ role: 'tool', content: node['content'] });
  const own = content === '' ? told : [content];
  if (own.length > 0) found.add(cutMiddle(own.join(' · '), errorCharsMax));
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false || value === 0;
}

function saysFailure(node: JsonObject): boolean {
  const status = node['status'];
  const exit = node['exitCode'] ?? node['exit_code'];
  return (
    node['isError'] === true ||
    node['is_error'] === true ||
    node['ok'] === false ||
    node['success'] === false ||
    (typeof exit === 'number' && exit !== 0) ||
    (typeof status === 'string' && /^(error|failed|failure|denied)$/i.test(status))
  );
}

/** The lines of a text that speak of an error, each once: at most 500 characters around the word in a longer line. */
export function findErrorLines(text: string): readonly string[] {
  const found = new Set<string>();
  for (const line of text.split('\n')) {
    if (line.length <= lineCharsMax) {
      if (errorLine.test(line)) found.add(line.trim());
    } else {
      for (const excerpt of excerptsOf(line)) found.add(excerpt);
    }
  }
  return [...found];
}

/** A long line may be a whole document, with its error in the middle. */
function excerptsOf(line: string): readonly string[] {
  const excerpts: string[] = [];
  let end = 0;
  for (const { index } of line.matchAll(everyErrorWord)) {
    if (index < end) continue;
    const from = Math.max(0, index - charsBeforeWord);
    end = from + lineCharsMax;
    const isPart = from > 0 || end < line.length;
    excerpts.push(isPart ? `…${wholeSlice(line, from, end).trim()}…` : line.trim());
    if (excerpts.length >= excerptsMax) break;
  }
  return excerpts;
}

/** Lines that speak of errors within the long texts of a JSON value, which are cut when it is shortened. */
export function findErrorTexts(value: unknown): readonly string[] {
  const found = new Set<string>();
  const open: unknown[] = [value];
  for (let seen = 0; open.length > 0 && seen < nodesMax; seen++) {
    const node = open.pop();
    if (typeof node === 'string' && node.length > longTextChars) {
      for (const line of findErrorLines(node)) found.add(line);
    } else if (isObject(node) || Array.isArray(node)) {
      const children: readonly unknown[] = Array.isArray(node) ? node : Object.values(node);
      for (let index = children.length - 1; index >= 0; index--) open.push(children[index]);
    }
  }
  return [...found];
}
