import { createReadStream } from 'node:fs';
import { Decompress } from 'fzstd';
import { openclawReader } from '#lib/importers/openclaw/openclaw-reader.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ImportTask } from './import-task.ts';
import { lineSplitter } from './line-splitter.ts';

/** Imports lines packed with zstd: OpenClaw's deleted sessions. An archive never grows. */
export async function importArchive({
  source,
  file,
  sink,
  marks,
  pause,
  whenStored,
}: ImportTask): Promise<void> {
  const { path } = source;
  const mark = await marks.find(path);
  const fingerprint = fingerprintOf(path, source.bytes);
  if (mark !== null && mark.fingerprint === fingerprint) {
    await pause(source.bytes);
    return;
  }
  const reader = openclawReader(file, sink, null);
  const splitter = lineSplitter({ line: reader.line, tooLong: () => sink.skip('longer than 32 MB') });
  const unpacker = new Decompress((piece) => splitter.push(piece));
  const unpack = (piece: Uint8Array, isLast: boolean) => {
    try {
      unpacker.push(piece, isLast);
      return true;
    } catch {
      // Cut off or no zstd at all: what could be unpacked is imported, and no mark is set.
      sink.skip('unreadable archive');
      return false;
    }
  };
  let isWhole = true;
  for await (const piece of createReadStream(path, { highWaterMark: 65_536 })) {
    isWhole = unpack(new Uint8Array(piece), false) && (await pause(piece.length)) === 'go on';
    if (!isWhole) break;
  }
  isWhole &&= unpack(new Uint8Array(0), true);
  if (isWhole) splitter.end();
  reader.flush();
  if (!isWhole) return;
  if (fingerprint !== null) {
    whenStored(() => marks.put(path, { offset: source.bytes, fingerprint, state: null }));
  }
}
