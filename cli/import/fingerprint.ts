import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

const sampleBytes = 2_048;
/** Goes up when readers find more in the same lines: then every file is read again. */
const readersVersion = 1;

/**
 * Tells whether the part of a file before an offset is still what it was: the length and hashes of its first
 * and last 2 KB. Null when the file is shorter by now.
 */
export async function fingerprintOf(path: string, offset: number): Promise<string | null> {
  const file = await open(path, 'r');
  try {
    const length = Math.min(sampleBytes, offset);
    const sample = Buffer.alloc(length * 2);
    const head = await file.read(sample, 0, length, 0);
    const tail = await file.read(sample, length, length, offset - length);
    if (head.bytesRead < length || tail.bytesRead < length) return null;
    return `${readersVersion}:${offset}:${createHash('sha256').update(sample).digest('hex').slice(0, 32)}`;
  } finally {
    await file.close();
  }
}
