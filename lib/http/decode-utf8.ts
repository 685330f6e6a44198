import { isUtf8 } from 'node:buffer';
import { AppError } from '#lib/errors.ts';

/**
 * Text from bytes without a single replacement character; a leading byte order mark is not skipped here.
 * @throws AppError `invalid_utf8` that says where, to within one character.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  const offset = findFault(buffer);
  throw new AppError('invalid_utf8', `The body is not valid UTF-8: see near offset ${offset}.`, {
    details: { offset },
  });
}

/** The length of the longest valid prefix, to within the sequence that is broken. */
function findFault(buffer: Buffer): number {
  let valid = 0;
  let broken = buffer.byteLength;
  while (broken - valid > 1) {
    const middle = (valid + broken) >> 1;
    if (isUtf8(buffer.subarray(0, sequenceStart(buffer, middle)))) valid = middle;
    else broken = middle;
  }
  return sequenceStart(buffer, valid);
}

/** Steps back from inside a sequence (at most 3 continuation bytes) to its first byte. */
function sequenceStart(buffer: Buffer, offset: number): number {
  for (let start = offset; start > Math.max(0, offset - 4); start -= 1) {
    if (((buffer[start] ?? 0) & 0xc0) !== 0x80) return start;
  }
  return offset;
}
