import { decodeLine } from '#lib/importers/decode-line.ts';
import { lineReaders } from '#lib/importers/line-readers.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ImportTask } from './import-task.ts';
import { readLines } from './read-lines.ts';

/** After this much of a file its mark is moved on, so that an interrupted import does not begin anew. */
const markBytes = 16 * 1_048_576;

/** Imports what is new in a file of lines. Its mark moves only over what is committed. */
export async function importLines(task: ImportTask): Promise<void> {
  const { source, sink, marks } = task;
  const { path, tool } = source;
  if (!(tool in lineReaders)) return;
  const makeReader = lineReaders[tool as keyof typeof lineReaders];
  const mark = await marks.find(path);
  const isSame = mark !== null && mark.fingerprint === fingerprintOf(path, mark.offset);
  const from = isSame ? mark.offset : 0;
  await task.pause(from);
  if (from === source.bytes) return;
  const reader = makeReader(task.file, sink, isSame ? mark.state : null);
  let counted = from;
  let marked = from;

  async function moveMark(offset: number): Promise<void> {
    reader.flush();
    const state = reader.state();
    const fingerprint = fingerprintOf(path, offset);
    if (fingerprint !== null) task.whenStored(() => marks.put(path, { offset, fingerprint, state }));
    marked = offset;
  }

  const end = await readLines(path, from, {
    line: reader.bytes ?? ((bytes) => reader.line(decodeLine(bytes))),
    tooLong: () => sink.skip('longer than 32 MB'),
    pause: async (offset) => {
      const next = await task.pause(offset - counted);
      counted = offset;
      if (offset - marked >= markBytes) await moveMark(offset);
      return next;
    },
  });
  if (end !== from) await moveMark(end);
}
