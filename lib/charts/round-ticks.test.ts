import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roundTicks } from './round-ticks.ts';

it.each([
  [210_000, [0, 50_000, 100_000, 150_000, 200_000]],
  [100, [0, 20, 40, 60, 80, 100]],
  [7, [0, 2, 4, 6]],
  [1.05, [0, 0.5, 1]],
])('marks an axis up to %d at %j', (max, ticks) => {
  expect(roundTicks(max)).toEqual(ticks);
});

it('starts at 0, never passes the top, and has at most five steps', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (max) => {
      const ticks = roundTicks(max);
      expect(ticks[0]).toBe(0);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.at(-1)).toBeLessThanOrEqual(max * (1 + 1e-9));
    }),
  );
});
