import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assignSeriesColors } from './series-colors.ts';
import { seriesNumber } from './series-number.ts';

it('never gives two of up to seven names one colour, and the first always its own', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 7 }), (names) => {
      const colors = assignSeriesColors(names);
      expect(new Set(colors.values()).size).toBe(names.length);
      expect(colors.get(names[0] ?? '')).toBe(seriesNumber(names[0] ?? ''));
      for (const color of colors.values()) {
        expect(color).toBeGreaterThanOrEqual(1);
        expect(color).toBeLessThanOrEqual(7);
      }
    }),
  );
});

it('shares colours past seven names rather than run out of them', () => {
  const names = Array.from({ length: 9 }, (_, index) => `name ${index}`);
  expect(assignSeriesColors(names).size).toBe(9);
});
