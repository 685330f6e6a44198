import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ImportMark, ImportMarks } from '#lib/server/import/import-marks.ts';

const markFile = z.object({ offset: z.int().min(0), fingerprint: z.string(), state: z.unknown() });

/**
 * Marks of what was sent to one server under one key: a small file for each log, in the data folder. They
 * know nothing of the server's database; after that was emptied, `--from-start` sends all again.
 */
export function fileMarks(
  dataDir: string,
  target: { readonly to: string; readonly key: string },
): ImportMarks {
  const folder = join(dataDir, 'import-marks', hash(`${target.to}\0${target.key}`));
  const fileOf = (path: string) => join(folder, `${hash(path)}.json`);
  return {
    find: async (path) => {
      const text = await readFile(fileOf(path), 'utf8').catch(() => null);
      return text === null ? null : parseMark(text);
    },
    put: async (path, mark) => {
      const file = fileOf(path);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      // Renamed into place: a killed import leaves the mark before whole.
      await writeFile(`${file}.new`, JSON.stringify(mark), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
  };
}

function parseMark(text: string): ImportMark | null {
  try {
    const { offset, fingerprint, state } = markFile.parse(JSON.parse(text));
    return { offset, fingerprint, state };
  } catch {
    // Without its mark the file is read again, which stores nothing twice.
    return null;
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
