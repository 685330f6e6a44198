import type { Buffer } from 'node:buffer';
import { isAscii } from 'node:buffer';

/** The text of a line. One of plain ASCII, which most are, is copied rather than decoded. */
export function decodeLine(bytes: Buffer): string {
  return bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
}
