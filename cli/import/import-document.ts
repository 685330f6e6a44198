import { readFile } from 'node:fs/promises';
import { geminiReader } from '#lib/importers/gemini/gemini-reader.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { ImportTask } from './import-task.ts';
import { lineBytesMax } from './read-lines.ts';

/** Imports a log that is one JSON document; it is read whole when it has changed. */
export async function importDocument({
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
  await pause(source.bytes);
  if (mark !== null && mark.fingerprint === fingerprint) return;
  if (source.bytes > lineBytesMax) {
    sink.skip('longer than 32 MB');
    return;
  }
  const reader = geminiReader(file, sink, null);
  reader.line((await readFile(path, 'utf8')).replace(/^\ufeff/, ''));
  reader.flush();
  if (fingerprint !== null) {
    whenStored(() => marks.put(path, { offset: source.bytes, fingerprint, state: reader.state() }));
  }
}
