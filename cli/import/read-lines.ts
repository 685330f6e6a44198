import { closeSync, openSync, readSync } from 'node:fs';

export type LineHandlers = {
  /** A whole line without its line feed, in a buffer that is used again. */
  readonly line: (bytes: Buffer) => void;
  /** A line longer than the bound went by unread. */
  readonly tooLong: () => void;
  /** After each piece that was read: the offset behind the last whole line. Reading goes on when it settles. */
  readonly pause: (offset: number) => Promise<'go on' | 'stop'>;
};

export const lineBytesMax = 32 * 1_048_576;
const pieceBytes = 1_048_576;
/** Between two files, so that a piece is not made for each of hundreds of small ones. */
let spare: Buffer<ArrayBuffer> | null = null;
const byteOrderMark = Buffer.from('\ufeff');

/**
 * Reads the whole lines of a file from an offset. Never holds more than one line and one piece. A last line
 * without line feed is taken when it is whole JSON, and else left for the next time. Reads synchronously, a piece
 * between two pauses: going through the thread pool took as long as the reading itself.
 * @returns the offset to go on from.
 */
export async function readLines(path: string, from: number, handlers: LineHandlers): Promise<number> {
  const file = openSync(path, 'r');
  const piece = spare ?? Buffer.allocUnsafe(pieceBytes);
  spare = null;
  try {
    return await readFrom({ file, from, piece }, handlers);
  } finally {
    spare = piece;
    closeSync(file);
  }
}

type Reading = { readonly file: number; readonly from: number; readonly piece: Buffer<ArrayBuffer> };

async function readFrom({ file, from, piece: own }: Reading, handlers: LineHandlers): Promise<number> {
  let buffer = own;
  let held = 0;
  let offset = from;
  let isSkipping = false;
  let skippedFrom = from;
  while (true) {
    if (held === buffer.length) buffer = grown(buffer);
    const bytesRead = readSync(file, buffer, held, buffer.length - held, offset + held);
    if (bytesRead === 0) break;
    const end = held + bytesRead;
    const piece = buffer.subarray(0, end);
    let start = 0;
    for (let feed = piece.indexOf(10, held); feed >= 0; feed = piece.indexOf(10, start)) {
      if (isSkipping) handlers.tooLong();
      else handlers.line(lineOf(buffer, start, feed, offset));
      isSkipping = false;
      start = feed + 1;
    }
    held = end - start;
    if (isSkipping || held >= lineBytesMax) {
      if (!isSkipping) skippedFrom = offset + start;
      isSkipping = true;
      start = end;
      held = 0;
    } else buffer.copyWithin(0, start, end);
    offset += start;
    if (!isSkipping && (await handlers.pause(offset)) === 'stop') return offset;
    if (held === 0) buffer = own;
  }
  if (isSkipping) {
    handlers.tooLong();
    return skippedFrom;
  }
  if (held === 0 || !isWhole(buffer, held)) return offset;
  handlers.line(lineOf(buffer, 0, held, offset));
  offset += held;
  await handlers.pause(offset);
  return offset;
}

function grown(buffer: Buffer): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(buffer.length * 2);
  buffer.copy(larger);
  return larger;
}

function lineOf(buffer: Buffer, start: number, end: number, offset: number): Buffer {
  const isMarked =
    offset === 0 && start === 0 && byteOrderMark.compare(buffer, 0, byteOrderMark.length) === 0;
  return buffer.subarray(isMarked ? byteOrderMark.length : start, end);
}

function isWhole(buffer: Buffer, end: number): boolean {
  try {
    JSON.parse(buffer.toString('utf8', 0, end));
    return true;
  } catch {
    // The writer is in the middle of this line.
    return false;
  }
}
