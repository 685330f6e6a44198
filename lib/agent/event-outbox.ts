import { BoundedQueue } from './bounded-queue.ts';
import type { SpillFile } from './spill-file.ts';

export type OutboxLine = { readonly text: string; readonly segment: string | null };

export type OutboxCounts = { readonly queued: number; readonly onDisk: number; readonly dropped: number };

type OutboxOptions = {
  readonly linesMax: number;
  readonly bytesMax: number;
  readonly whenFull: 'drop-oldest' | 'drop-newest';
  readonly spill: SpillFile | null;
  readonly onSpillFailure: (error: unknown) => void;
};

/** A segment is read back whole, so that it is small. */
const segmentLinesMax = 500;

/**
 * Lines that wait to be sent, in order: in memory up to a bound of lines and characters, and beyond it on
 * disk where there is a spill file. While anything waits on disk, new lines go there too.
 */
export class EventOutbox {
  readonly #options: OutboxOptions;
  readonly #memory: BoundedQueue<OutboxLine>;
  readonly #spill: SpillFile | null;
  #chars = 0;
  #inHand: OutboxLine[] = [];
  #onDisk = 0;
  #isDiskFirst: boolean;
  #dropped = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#spill = options.spill;
    // The bound is kept here, where lines in hand count too.
    this.#memory = new BoundedQueue({ sizeMax: options.linesMax + segmentLinesMax });
    this.#isDiskFirst = options.spill?.hasWaiting ?? false;
  }

  /** Lines that wait or are in hand; those on disk of an earlier process count as one until they are read. */
  get size(): number {
    return this.queued + this.#onDisk + (this.#spill?.hasWaiting ? 1 : 0);
  }

  /** Lines in memory, those in hand among them. */
  get queued(): number {
    return this.#memory.size + this.#inHand.length;
  }

  get isFull(): boolean {
    return this.queued >= this.#options.linesMax || this.#chars >= this.#options.bytesMax;
  }

  counts(): OutboxCounts {
    return { queued: this.queued, onDisk: this.#onDisk, dropped: this.#dropped };
  }

  /** False when this line was dropped. */
  push(text: string): boolean {
    if (this.#spill !== null) return this.#pushToDisk(text, this.#spill);
    if (this.isFull && !this.#makeRoom()) {
      this.#dropped++;
      return false;
    }
    this.#remember({ text, segment: null });
    return true;
  }

  /** The next lines, which stay in hand until they are settled. The same ones again until then. */
  take(countMax: number, charsMax: number): readonly OutboxLine[] {
    if (this.#inHand.length > 0) return this.#inHand;
    if (this.#memory.size === 0) this.#readBack();
    let chars = 0;
    while (this.#inHand.length < countMax && chars < charsMax) {
      const line = this.#memory.shift();
      if (line === undefined) break;
      chars += line.text.length;
      this.#inHand.push(line);
    }
    return this.#inHand;
  }

  /** The first lines in hand are stored or given up. */
  settle(count: number): void {
    for (const { text, segment } of this.#inHand.splice(0, count)) {
      this.#chars -= text.length;
      if (segment !== null) this.#spill?.settle(segment, 1);
    }
  }

  /** What is in memory only is lost: @returns how many lines. */
  close(): number {
    const lost = this.#spill === null ? this.queued : 0;
    this.#spill?.close();
    this.#memory.close();
    this.#inHand = [];
    this.#dropped += lost;
    return lost;
  }

  #remember(line: OutboxLine): void {
    this.#chars += line.text.length;
    this.#memory.push(line);
  }

  #pushToDisk(text: string, spill: SpillFile): boolean {
    if (!this.#isDiskFirst && this.isFull) {
      spill.rotate({ isInMemory: true });
      this.#isDiskFirst = true;
    }
    try {
      if (spill.currentLines >= segmentLinesMax) spill.rotate({ isInMemory: !this.#isDiskFirst });
      const segment = spill.append(text);
      if (segment === null) {
        this.#dropped++;
        return false;
      }
      if (this.#isDiskFirst) this.#onDisk++;
      else this.#remember({ text, segment });
      return true;
    } catch (error) {
      // A full or broken disk: memory alone, as far as it goes.
      this.#options.onSpillFailure(error);
      if (this.isFull) {
        this.#dropped++;
        return false;
      }
      this.#remember({ text, segment: null });
      return true;
    }
  }

  #readBack(): void {
    const spill = this.#spill;
    if (spill === null || !this.#isDiskFirst) return;
    if (!spill.hasWaiting) {
      spill.rotate({ isInMemory: false });
      this.#isDiskFirst = spill.hasWaiting;
    }
    try {
      const segment = spill.takeOldest();
      for (const text of segment?.lines ?? []) this.#remember({ text, segment: segment?.file ?? null });
      this.#onDisk = Math.max(0, this.#onDisk - (segment?.lines.length ?? 0));
      if (!spill.hasWaiting && spill.currentLines === 0) {
        this.#isDiskFirst = false;
        this.#onDisk = 0;
      }
    } catch (error) {
      this.#options.onSpillFailure(error);
    }
  }

  #makeRoom(): boolean {
    if (this.#options.whenFull === 'drop-newest') return false;
    const oldest = this.#memory.shift();
    // Everything is in hand, on its way: the new one has to go.
    if (oldest === undefined) return false;
    this.#chars -= oldest.text.length;
    this.#dropped++;
    return true;
  }
}
