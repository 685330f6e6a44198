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
  return Buffer.byteLength(JSON.stringify(value), 'utf8') > limits.bytesMax
    ? `at most ${limits.bytesMax} bytes of JSON`
    : null;
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
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
