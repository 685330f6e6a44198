import { AppError } from '#lib/errors.ts';
import type { JsonValue } from '#lib/http/json-value.ts';
import { parseJson } from '#lib/http/parse-json.ts';

/** Spans can hold only flat values, so that clients put JSON into texts. Null for what is not readable. */
export function readJsonText(value: JsonValue | undefined): JsonValue {
  if (typeof value !== 'string') return value ?? null;
  if (!/^\s*[{[]/.test(value)) return null;
  try {
    return parseJson(Buffer.from(value, 'utf8'));
  } catch (cause) {
    if (cause instanceof AppError) return null;
    throw cause;
  }
}
