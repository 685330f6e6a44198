import { isName, nameBytesMax } from './event-text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced.
const control = /[\u0000-\u001f\u007f]/g;

/**
 * A text of a log as an id or name that the ingest API takes: well-formed, without control characters, at
 * most 200 bytes. What is longer keeps its head and a fingerprint of the whole, so that two stay two.
 */
export function toName(text: string, otherwise = 'unknown'): string {
  if (isName(text)) return text;
  const clean = text.slice(0, 10_000).toWellFormed().replace(control, ' ').trim();
  if (clean === '') return otherwise;
  if (isName(clean)) return clean;
  const mark = `…${fingerprint(text)}`;
  let head = clean.slice(0, nameBytesMax);
  while (!isName(head + mark)) head = head.slice(0, -1).toWellFormed();
  return head + mark;
}

/** FNV-1a in two halves: told apart is enough here, nothing relies on it being hard to forge. */
function fingerprint(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + index), 0x85ebca6b);
  }
  return (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16).padStart(8, '0');
}
