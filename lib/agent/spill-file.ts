import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

type Segment = { readonly file: string; readonly bytes: number };

/**
 * Events on disk until the server has them: files `<path>.<number>` of lines, each removed when all of its
 * lines are stored. Lines are handed to the operating system before `append` returns, so that they survive
 * the process. One process a path, held by `<path>.lock`.
 */
export class SpillFile {
  readonly #path: string;
  readonly #bytesMax: number;
  /** Closed segments that are not in memory, the oldest first. */
  readonly #waiting: Segment[] = [];
  /** Lines of a closed segment that the server does not have yet. */
  readonly #outstanding = new Map<string, { lines: number; readonly bytes: number }>();
  #next = 1;
  #current: { file: string; descriptor: number; lines: number; bytes: number; outstanding: number } | null =
    null;
  #bytes = 0;

  /** @throws when the folder cannot be written or another live process holds the path. */
  constructor(options: { readonly path: string; readonly bytesMax: number }) {
    this.#path = path.resolve(options.path);
    this.#bytesMax = options.bytesMax;
    mkdirSync(path.dirname(this.#path), { recursive: true });
    takeLock(`${this.#path}.lock`);
    this.#findSegments();
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /** True when lines are on disk that are not in memory. */
  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** The segment that holds the line now; null when the disk's bound is reached. */
  append(line: string): string | null {
    const text = `${line}\n`;
    const bytes = Buffer.byteLength(text);
    if (this.#bytes + bytes > this.#bytesMax) return null;
    const segment = this.#current ?? this.#begin();
    writeSync(segment.descriptor, text);
    segment.lines++;
    segment.outstanding++;
    segment.bytes += bytes;
    this.#bytes += bytes;
    return segment.file;
  }

  /** Lines in the segment that is being written. */
  get currentLines(): number {
    return this.#current?.lines ?? 0;
  }

  /** Closes the segment that is written. `isInMemory`: its lines need not be read back. */
  rotate({ isInMemory }: { readonly isInMemory: boolean }): void {
    const segment = this.#current;
    if (segment === null) return;
    closeSync(segment.descriptor);
    this.#current = null;
    if (!isInMemory) this.#waiting.push({ file: segment.file, bytes: segment.bytes });
    else if (segment.outstanding === 0) this.#remove(segment.file, segment.bytes);
    else this.#outstanding.set(segment.file, { lines: segment.outstanding, bytes: segment.bytes });
  }

  /** Reads the oldest waiting segment back; null when there is none. Lines that were cut off are left out. */
  takeOldest(): { readonly file: string; readonly lines: readonly string[] } | null {
    const segment = this.#waiting.shift();
    if (segment === undefined) return null;
    const lines = readFileSync(segment.file, 'utf8').split('\n').filter(isWhole);
    if (lines.length === 0) this.#remove(segment.file, segment.bytes);
    else this.#outstanding.set(segment.file, { lines: lines.length, bytes: segment.bytes });
    return { file: segment.file, lines };
  }

  /** Lines of a segment are stored, or given up. */
  settle(file: string, lines: number): void {
    if (this.#current?.file === file) {
      this.#current.outstanding -= lines;
      return;
    }
    const segment = this.#outstanding.get(file);
    if (segment === undefined) return;
    segment.lines -= lines;
    if (segment.lines > 0) return;
    this.#outstanding.delete(file);
    this.#remove(file, segment.bytes);
  }

  /** Leaves on disk what is not stored, for the next start. */
  close(): void {
    this.rotate({ isInMemory: true });
    removeQuietly(`${this.#path}.lock`);
  }

  #begin() {
    const file = `${this.#path}.${String(this.#next++).padStart(8, '0')}`;
    this.#current = { file, descriptor: openSync(file, 'a', 0o600), lines: 0, bytes: 0, outstanding: 0 };
    return this.#current;
  }

  #remove(file: string, bytes: number): void {
    removeQuietly(file);
    this.#bytes -= bytes;
  }

  #findSegments(): void {
    const folder = path.dirname(this.#path);
    const prefix = `${path.basename(this.#path)}.`;
    const names = readdirSync(folder).filter(
      (name) => name.startsWith(prefix) && /^\d{8,}$/.test(name.slice(prefix.length)),
    );
    for (const name of names.sort()) {
      const file = path.join(folder, name);
      const { size } = statSync(file);
      this.#waiting.push({ file, bytes: size });
      this.#bytes += size;
      this.#next = Math.max(this.#next, Number(name.slice(prefix.length)) + 1);
    }
  }
}

/** A process that was killed leaves its lock: it counts only while that process lives. */
function takeLock(file: string): void {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
    return;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const holder = Number(readFileSync(file, 'utf8'));
  if (holder !== process.pid && isAlive(holder)) {
    throw new Error(`plimsoll UsageClient: process ${holder} holds the spill file ${file}.`);
  }
  writeFileSync(file, String(process.pid));
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function isWhole(line: string): boolean {
  if (line === '') return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    // The process or the machine died in the middle of it.
    return false;
  }
}

function removeQuietly(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Gone already: what matters is that it is not there.
  }
}
