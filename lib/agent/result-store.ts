import { BoundedMap } from './bounded-map.ts';
import { type NumericOptions, resolveOptions } from './resolve-options.ts';

export const resultStoreBounds = {
  resultsMax: { default: 100, min: 1, max: 100_000, unit: 'results' },
  /** All texts together, counted as two bytes a character, as they lie in memory at worst. */
  bytesMax: { default: 32_000_000, min: 10_000, max: 4_000_000_000, unit: 'bytes' },
} as const;

/** Whole texts of shortened results by their handle, in memory, so that a tool can read them in pieces. */
export class ResultStore {
  readonly #bytesMax: number;
  readonly #texts: BoundedMap<string, string>;
  #bytes = 0;
  #dropped = 0;

  constructor(options: NumericOptions<typeof resultStoreBounds> = {}) {
    const { resultsMax, bytesMax } = resolveOptions('ResultStore', resultStoreBounds, options);
    this.#bytesMax = bytesMax;
    this.#texts = new BoundedMap({
      sizeMax: resultsMax,
      onEvict: (_, text, reason) => {
        this.#bytes -= text.length * 2;
        if (reason === 'full') this.#dropped++;
      },
    });
  }

  /** The option `keep` of the pruning functions. A text that is too large by itself is not kept. */
  readonly put = (handle: string, text: string): void => {
    if (this.#texts.has(handle)) return;
    const bytes = text.length * 2;
    if (bytes > this.#bytesMax) {
      this.#dropped++;
      return;
    }
    for (const [oldest, old] of this.#texts.entries()) {
      if (this.#bytes + bytes <= this.#bytesMax) break;
      this.#texts.delete(oldest);
      this.#bytes -= old.length * 2;
      this.#dropped++;
    }
    this.#bytes += bytes;
    this.#texts.set(handle, text);
  };

  /** A piece of a whole text, or null when it is gone. `charsMax` keeps the answer small (default 4,000). */
  read(handle: string, piece: { readonly from?: number; readonly charsMax?: number } = {}): string | null {
    const text = this.#texts.get(handle);
    const from = piece.from ?? 0;
    return text === undefined ? null : text.slice(from, from + (piece.charsMax ?? 4_000));
  }

  report(): { readonly results: number; readonly bytes: number; readonly dropped: number } {
    return { results: this.#texts.size, bytes: this.#bytes, dropped: this.#dropped };
  }

  close(): void {
    this.#texts.close();
    this.#bytes = 0;
  }
}
