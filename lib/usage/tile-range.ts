import { rollupGrains } from './rollup-scope.ts';

/** A piece of one bucket that rollups of one grain cover exactly; grain 0 means the raw events. */
export type Tile = {
  readonly bucket: number;
  readonly grainMinutes: number;
  readonly fromMs: number;
  readonly toMs: number;
};

const minuteMs = 60_000;

/**
 * Covers each bucket [edge i, edge i+1) exactly once with as few and coarse rollups as fit: days inside,
 * hours and quarter hours towards its ends, and raw events where an edge falls within a quarter hour. Sums
 * over the tiles are therefore exact for any range in any zone.
 */
export function tileRange(edgesMs: readonly number[]): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let bucket = 0; bucket + 1 < edgesMs.length; bucket++) {
    cover({ bucket, fromMs: edgesMs[bucket] ?? 0, toMs: edgesMs[bucket + 1] ?? 0 }, 0, tiles);
  }
  return tiles;
}

type Piece = { readonly bucket: number; readonly fromMs: number; readonly toMs: number };

function cover(piece: Piece, level: number, tiles: Tile[]): void {
  if (piece.fromMs >= piece.toMs) return;
  const grainMinutes = rollupGrains[level];
  if (grainMinutes === undefined) {
    tiles.push({ ...piece, grainMinutes: 0 });
    return;
  }
  const grainMs = grainMinutes * minuteMs;
  const start = Math.ceil(piece.fromMs / grainMs) * grainMs;
  const end = Math.floor(piece.toMs / grainMs) * grainMs;
  if (start >= end) {
    cover(piece, level + 1, tiles);
    return;
  }
  cover({ ...piece, toMs: start }, level + 1, tiles);
  tiles.push({ bucket: piece.bucket, grainMinutes, fromMs: start, toMs: end });
  cover({ ...piece, fromMs: end }, level + 1, tiles);
}
