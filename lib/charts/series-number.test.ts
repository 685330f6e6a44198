import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seriesColors, seriesNumber } from './series-number.ts';

describe('seriesNumber', () => {
  it('gives every name a colour that exists', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const series = seriesNumber(name);
        expect(Number.isInteger(series)).toBe(true);
        expect(series).toBeGreaterThanOrEqual(1);
        expect(series).toBeLessThanOrEqual(seriesColors);
      }),
    );
  });

  it("is FNV-1a of the name, by that function's published value for 'a'", () => {
    expect(seriesNumber('a')).toBe((0xe40c292c % seriesColors) + 1);
  });

  it('uses all colours over many names', () => {
    const seen = new Set(Array.from({ length: 200 }, (_, index) => seriesNumber(`model-${index}`)));
    expect(seen.size).toBe(seriesColors);
  });
});
