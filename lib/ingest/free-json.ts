import { Buffer } from 'node:buffer';
import { isStorableText } from './event-text.ts';

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

export type FreeJsonLimits = {
  readonly keysMax: number;
  readonly depthMax: number;
  readonly bytesMax: number;
};

/** Why a free-form object of a client cannot be taken, or null when it can. */
export function findFreeJsonFault(value: object, limits: FreeJsonLimits): string | null {
  if (Object.keys(value).length > limits.keysMax) return `at most ${limits.keysMax} keys`;
  const fault = findValueFault(value, limits.depthMax);
  if (fault !== null) return fault;
  // Writing it out is the dear part, and most are far too small to need it.
  if (boundBytes(value) <= limits.bytesMax) return null;
  return Buffer.byteLength(JSON.stringify(value), 'utf8') > limits.bytesMax
    ? `at most ${limits.bytesMax} bytes of JSON`
    : null;
}

/** At least the bytes of its JSON: a UTF-16 unit takes at most 6 (`\\u001f`), a number at most 25. */
function boundBytes(value: unknown): number {
  if (typeof value === 'string') return value.length * 6 + 2;
  if (typeof value !== 'object' || value === null) return 25;
  let bytes = 2;
  if (Array.isArray(value)) {
    for (const item of value) bytes += boundBytes(item) + 1;
    return bytes;
  }
  for (const [key, member] of Object.entries(value)) bytes += key.length * 6 + 4 + boundBytes(member);
  return bytes;
}

function findValueFault(value: unknown, depthLeft: number): string | null {
  switch (typeof value) {
    case 'string':
      return isStorableText(value) ? null : 'text without U+0000 and lone surrogates';
    case 'number':
      return findNumberFault(value);
    case 'object':
      return value === null ? null : findMembersFault(value, depthLeft);
    default:
      return null;
  }
}

function findNumberFault(value: number): string | null {
  if (!Number.isFinite(value)) return 'finite numbers';
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? 'integers up to 2^53-1' : null;
}

/** Why the numbers in a value would not read back as they were sent, or null: `1e400` becomes `null`. */
export function findNumbersFault(value: unknown): string | null {
  if (typeof value === 'number') return findNumberFault(value);
  if (typeof value !== 'object' || value === null) return null;
  for (const member of Object.values(value)) {
    const fault = findNumbersFault(member);
    if (fault !== null) return fault;
  }
  return null;
}

function findMembersFault(value: object, depthLeft: number): string | null {
  if (depthLeft === 0) return 'less nesting';
  for (const [key, member] of Object.entries(value)) {
    if (forbiddenKeys.has(key)) return `no key named ${key}`;
    if (!Array.isArray(value) && !isStorableText(key)) return 'keys without U+0000 and lone surrogates';
    const fault = findValueFault(member, depthLeft - 1);
    if (fault !== null) return fault;
  }
  return null;
}

/** JSON text with sorted keys: the same object has one form, whatever order its sender wrote. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null || isFlatAndSorted(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** The usual case, in which `JSON.stringify` writes the sorted form by itself. */
function isFlatAndSorted(value: object): boolean {
  let last = '';
  for (const [key, member] of Object.entries(value)) {
    if (key < last || (typeof member === 'object' && member !== null)) return false;
    last = Array.isArray(value) ? '' : key;
  }
  return true;
}
