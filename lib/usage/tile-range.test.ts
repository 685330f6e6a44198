import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tileRange } from './tile-range.ts';

const minute = 60_000;
const day = 1_440 * minute;
const start = Date.UTC(2026, 0, 1);

test('whole UTC days are read from day rows only', () => {
  expect(tileRange([start, start + 30 * day])).toEqual([
    { bucket: 0, grainMinutes: 1_440, fromMs: start, toMs: start + 30 * day },
  ]);
});

test('a New York day is read from 24 hour rows', () => {
  const from = start + 5 * 60 * minute;
  expect(tileRange([from, from + day])).toEqual([
    { bucket: 0, grainMinutes: 60, fromMs: from, toMs: from + day },
  ]);
});

test('a Kathmandu day begins and ends with quarter hours', () => {
  const from = start + (18 * 60 + 15) * minute;
  expect(tileRange([from, from + day]).map(({ grainMinutes }) => grainMinutes)).toEqual([15, 60, 15]);
});

test('an edge within a quarter hour is read from the events themselves', () => {
  const tiles = tileRange([start + 7 * minute, start + 40 * minute]);
  expect(tiles.map(({ grainMinutes }) => grainMinutes)).toEqual([0, 15, 0]);
});

test('tiles cover every bucket exactly once, aligned to their grain', () => {
  const edges = fc
    .uniqueArray(fc.integer({ min: 0, max: 60 * day }), { minLength: 2, maxLength: 12 })
    .map((offsets) => offsets.sort((a, b) => a - b).map((offset) => start + offset));
  fc.assert(
    fc.property(edges, (edgesMs) => {
      const tiles = tileRange(edgesMs);
      let position = edgesMs[0] ?? 0;
      for (const tile of tiles) {
        expect(tile.fromMs).toBe(position);
        expect(tile.toMs).toBeGreaterThan(tile.fromMs);
        expect(tile.fromMs).toBeGreaterThanOrEqual(edgesMs[tile.bucket] ?? Number.NaN);
        expect(tile.toMs).toBeLessThanOrEqual(edgesMs[tile.bucket + 1] ?? Number.NaN);
        if (tile.grainMinutes > 0) {
          expect(tile.fromMs % (tile.grainMinutes * minute)).toBe(0);
          expect(tile.toMs % (tile.grainMinutes * minute)).toBe(0);
        } else {
          // It may reach over one quarter hour's edge, but never hold a whole quarter hour.
          expect(tile.toMs - tile.fromMs).toBeLessThan(30 * minute);
        }
        position = tile.toMs;
      }
      expect(position).toBe(edgesMs[edgesMs.length - 1]);
    }),
  );
});
