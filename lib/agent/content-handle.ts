import { createHash } from 'node:crypto';

const handlePattern = /plimsoll:[0-9a-f]{16}/;

/** A name for a text by what it says: the same text has the same handle everywhere. */
export function contentHandle(text: string): string {
  return `plimsoll:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/** The handle that a shortened text carries, or null. Only the first 2,000 characters are looked at. */
export function findHandle(text: string): string | null {
  return handlePattern.exec(text.slice(0, 2_000))?.[0] ?? null;
}
