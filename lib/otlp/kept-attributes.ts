import type { JsonValue } from '#lib/http/json-value.ts';
import type { Attributes } from './attributes.ts';

const keysMax = 48;
const textMax = 200;

/** Figures of a call. Only numbers are kept of these: `auth.token` would fit as well. */
const figures = /usage|token|cost/i;
const shortTexts = new Set([
  'gen_ai.operation.name',
  'gen_ai.request.model',
  'gen_ai.response.id',
  'request_id',
  'prompt.id',
  'prompt_id',
  'turn.id',
  'effort',
  'speed',
  'query_source',
  'role',
  'server.address',
  'error.type',
  'http.response.status_code',
  'http.status_code',
  'status_code',
]);

/** What explains a call's figures, so that a wrong guess can be computed again; never what was said. */
export function keepAttributes(
  attributes: Attributes,
  known: Readonly<Record<string, string | null>>,
): Readonly<Record<string, JsonValue>> {
  const found: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(known)) if (value !== null) found[name] = cleanText(value);
  for (const [name, value] of attributes) {
    if (Object.keys(found).length >= keysMax) break;
    if (isFigure(name, value)) found[name] = value;
    else if (shortTexts.has(name) && typeof value === 'string') found[name] = cleanText(value);
    else if (shortTexts.has(name) && typeof value === 'number' && Number.isSafeInteger(value))
      found[name] = value;
  }
  return found;
}

function isFigure(name: string, value: JsonValue): boolean {
  if (name.length > 100 || !figures.test(name) || !/^[\x20-\x7e]+$/.test(name)) return false;
  if (typeof value === 'string') return /^\d{1,16}(?:\.\d{1,18})?$/.test(value);
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

function cleanText(text: string): string {
  return text.slice(0, textMax).toWellFormed().replaceAll('\0', '');
}
