import { isObject, type JsonObject } from './chat-message.ts';
import { cutMiddle } from './cut-middle.ts';

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
const nodesMax = 400_000;
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
  const own = typeof node['content'] === 'string' ? [node['content']] : told;
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

/** The lines of a text that speak of an error, each once, at most 500 characters of each. */
export function findErrorLines(text: string): readonly string[] {
  const found = new Set<string>();
  for (const line of text.split('\n')) {
    if (errorLine.test(line)) found.add(cutMiddle(line.trim(), lineCharsMax));
  }
  return [...found];
}
