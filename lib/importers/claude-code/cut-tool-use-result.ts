import { Buffer } from 'node:buffer';
import { decodeLine } from '../decode-line.ts';

const mark = Buffer.from(',"toolUseResult":');
/** Its end is looked for: the search leaps from one first letter to the next, and a capital U is rare. */
const rareAt = mark.indexOf('U');
const rare = mark.subarray(rareAt);
const bytesMin = 512;
const tailBytes = 512;
const closingBrace = 0x7d;

/**
 * The text of a line without its `toolUseResult`, which repeats the tool's result in another form and is a third
 * of all bytes; null where that is not worth it or not safe. A quote within a text is escaped, so the mark is always
 * a member's name; where it is one of an inner object, what is left is no JSON and the caller parses the whole line.
 */
export function cutToolUseResult(line: Buffer): string | null {
  const at = findMark(line);
  if (at < 0 || line.length - at < bytesMin) return null;
  const head = line.subarray(0, at);
  // What follows the result must not be needed.
  if (!hasMember(head, '"timestamp":"') || !hasMember(head, '"uuid":"')) return null;
  const comma = line.readUInt8(at);
  line.writeUInt8(closingBrace, at);
  const text = decodeLine(line.subarray(0, at + 1));
  line.writeUInt8(comma, at);
  return text;
}

function findMark(line: Buffer): number {
  for (let at = line.indexOf(rare); at >= 0; at = line.indexOf(rare, at + 1)) {
    const start = at - rareAt;
    if (start >= 0 && mark.compare(line, start, start + mark.length) === 0) return start;
  }
  return -1;
}

/** Looks first where it usually stands, right before the end. */
function hasMember(head: Buffer, name: string): boolean {
  return head.subarray(-tailBytes).includes(name) || head.includes(name);
}
