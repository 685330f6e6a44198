import type { Buffer } from 'node:buffer';
import { decodeLine } from '../decode-line.ts';

const mark = ',"toolUseResult":';
const bytesMin = 512;
const closingBrace = 0x7d;

/**
 * The text of a line without its `toolUseResult`, which repeats the tool's result in another form and is a third
 * of all bytes; null where that is not worth it or not safe. A quote within a text is escaped, so the mark is always
 * a member's name; where it is one of an inner object, what is left is no JSON and the caller parses the whole line.
 */
export function cutToolUseResult(line: Buffer): string | null {
  const at = line.indexOf(mark, 0, 'latin1');
  if (at < 0 || line.length - at < bytesMin) return null;
  const head = line.subarray(0, at);
  // What follows the result must not be needed.
  if (head.indexOf('"timestamp":"', 0, 'latin1') < 0 || head.indexOf('"uuid":"', 0, 'latin1') < 0)
    return null;
  const comma = line.readUInt8(at);
  line.writeUInt8(closingBrace, at);
  const text = decodeLine(line.subarray(0, at + 1));
  line.writeUInt8(comma, at);
  return text;
}
