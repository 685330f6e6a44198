import type { SessionOutline } from './session-outline.ts';
import type { RowBounds } from './window/row-window.ts';

export type RailBar = {
  /** Top of the bar in percent of the rail. */
  readonly topPercent: number;
  /** 0 to 100: the heaviest stretch is 100. */
  readonly widthPercent: number;
  readonly bytes: number;
};

export type RailDrawing = {
  readonly barPercent: number;
  readonly bars: readonly RailBar[];
  readonly compactions: readonly number[];
  readonly errors: readonly number[];
  readonly hits: readonly number[];
};

const stretches = 120;

/**
 * Where the weight is, in 120 stretches, from the heaviest messages; the square root of the bytes, so that one
 * message of a megabyte does not hide all others. Marks are percents of the rail.
 */
export function prepareRail(
  outline: Pick<SessionOutline, 'heavy' | 'compactions' | 'errors'>,
  hits: readonly number[],
  bounds: RowBounds,
): RailDrawing {
  const count = Math.max(1, bounds.end - bounds.first);
  const isInside = (seq: number) => seq >= bounds.first && seq < bounds.end;
  const toPercent = (seq: number) => (100 * (seq - bounds.first)) / count;
  const bytes = new Array<number>(stretches).fill(0);
  for (const { seq, bytes: weight } of outline.heavy) {
    if (!isInside(seq)) continue;
    const at = Math.floor(((seq - bounds.first) * stretches) / count);
    bytes[at] = (bytes[at] ?? 0) + weight;
  }
  const heaviest = Math.max(1, ...bytes);
  const marks = (seqs: readonly number[]) => distinct(seqs.filter(isInside).map(toPercent));
  return {
    barPercent: 100 / stretches,
    bars: bytes.flatMap((weight, at) =>
      weight === 0
        ? []
        : [
            {
              topPercent: (100 * at) / stretches,
              widthPercent: 100 * Math.sqrt(weight / heaviest),
              bytes: weight,
            },
          ],
    ),
    compactions: marks(outline.compactions),
    errors: marks(outline.errors),
    hits: marks(hits),
  };
}

/** Marks nearer to each other than can be told apart are one. */
function distinct(percents: readonly number[]): readonly number[] {
  return [...new Set(percents.map((percent) => Math.round(percent * 4) / 4))];
}

/** The message at a place of the rail, 0 to 1. */
export function seqAtShare(share: number, bounds: RowBounds): number {
  const count = bounds.end - bounds.first;
  const at = bounds.first + Math.floor(Math.max(0, Math.min(1, share)) * count);
  return Math.max(bounds.first, Math.min(at, bounds.end - 1));
}
