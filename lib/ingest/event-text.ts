import { Buffer } from 'node:buffer';

export const nameBytesMax = 200;
export const errorBytesMax = 4_096;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused.
const control = /[\u0000-\u001f\u007f]/;

/** Ids and names: 1 to 200 bytes of UTF-8, well-formed, without control characters. */
export function isName(text: string): boolean {
  const { length } = text;
  if (length === 0 || length > nameBytesMax) return false;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 || unit === 0x7f) return false;
    if (unit > 0x7f) return isWideName(text);
  }
  return true;
}

function isWideName(text: string): boolean {
  return !control.test(text) && text.isWellFormed() && Buffer.byteLength(text, 'utf8') <= nameBytesMax;
}

/** Text that Postgres can hold: well-formed and without U+0000. */
export function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

/** At most 4 KB of an error's text; more is cut and marked with an ellipsis. */
export function cutErrorText(text: string): string {
  if (text.length * 3 <= errorBytesMax || Buffer.byteLength(text, 'utf8') <= errorBytesMax) return text;
  const bytes = Buffer.from(text, 'utf8').subarray(0, errorBytesMax - 3);
  let end = bytes.length;
  // Step back to the first byte of a character, so that none is cut in two.
  while (end > 0 && (bytes[end] ?? 0x80) >= 0x80 && (bytes[end] ?? 0x80) < 0xc0) end--;
  return `${bytes.subarray(0, end).toString('utf8')}…`;
}
