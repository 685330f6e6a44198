import { isJsonObject, type JsonObject, type JsonValue } from '#lib/http/json-value.ts';

/** Attributes by name; of a name that is there twice the first one counts. */
export type Attributes = ReadonlyMap<string, JsonValue>;

export const noAttributes: Attributes = new Map();

/** A list of KeyValue as a map of plain values. What is not one is left out: telemetry is lenient here. */
export function toAttributes(list: JsonValue | undefined): Attributes {
  if (!Array.isArray(list) || list.length === 0) return noAttributes;
  const attributes = new Map<string, JsonValue>();
  for (const item of list) {
    if (!isJsonObject(item)) continue;
    const { key, value } = item;
    if (typeof key === 'string' && key !== '' && !attributes.has(key))
      attributes.set(key, toPlainValue(value));
  }
  return attributes;
}

/** An AnyValue as the value it stands for; `null` for an empty one. Integers past 2^53 stay decimal text. */
export function toPlainValue(value: JsonValue | undefined): JsonValue {
  if (!isJsonObject(value)) return null;
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } = value;
  if (typeof stringValue === 'string') return stringValue;
  if (typeof boolValue === 'boolean') return boolValue;
  if (intValue !== undefined) return toInteger(intValue);
  if (typeof doubleValue === 'number') return doubleValue;
  if (typeof doubleValue === 'string') return doubleValue;
  if (isJsonObject(arrayValue)) return listOf(arrayValue['values']).map(toPlainValue);
  if (isJsonObject(kvlistValue)) return toPlainObject(listOf(kvlistValue['values']));
  return typeof bytesValue === 'string' ? bytesValue : null;
}

function toInteger(value: JsonValue): JsonValue {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^-?\d{1,20}$/.test(value)) return null;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function toPlainObject(pairs: readonly JsonValue[]): JsonObject {
  // Without a prototype a member named `__proto__` is one like any other.
  const object: Record<string, JsonValue> = Object.create(null);
  for (const pair of pairs) {
    if (isJsonObject(pair) && typeof pair['key'] === 'string')
      object[pair['key']] = toPlainValue(pair['value']);
  }
  return object;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

/** The first of the names that is a text with something in it, or a number, as text; else null. */
export function findText(attributes: Attributes, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = attributes.get(name);
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return null;
}

/** The first of the names that is a finite number, or text that is one; else null. */
export function findNumber(attributes: Attributes, ...names: readonly string[]): number | null {
  for (const name of names) {
    const number = toNumber(attributes.get(name));
    if (number !== null) return number;
  }
  return null;
}

/** The first of the names that is a count: an integer from 0 to 2^53-1; else null. */
export function findCount(attributes: Attributes, ...names: readonly string[]): number | null {
  for (const name of names) {
    const number = toNumber(attributes.get(name));
    if (number !== null && Number.isSafeInteger(number) && number >= 0) return number;
  }
  return null;
}

/** Clients write `true` as a boolean or as text. */
export function isTrue(attributes: Attributes, name: string): boolean {
  const value = attributes.get(name);
  return value === true || value === 'true';
}

function toNumber(value: JsonValue | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\d{1,16}(?:\.\d{1,18})?$/.test(value)) return null;
  return Number(value);
}
