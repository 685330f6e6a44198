import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareLoadGauge } from './prepare-load-gauge.ts';

describe('prepareLoadGauge', () => {
  it.each([
    [0, 'calm', 0],
    [80, 'calm', 64],
    [81, 'near', 64.8],
    [100, 'near', 80],
    [101, 'over', 80.8],
    [900, 'over', 100],
  ] as const)('draws a load of %d of 100 as %s', (value, level, fillPercent) => {
    const drawing = prepareLoadGauge({ value, limit: 100, heading: null });
    expect(drawing.level).toBe(level);
    expect(drawing.fillPercent).toBeCloseTo(fillPercent, 9);
  });

  it('tells the true share where the bar is clipped', () => {
    expect(prepareLoadGauge({ value: 900, limit: 100, heading: null }).share).toBe(9);
  });

  it('keeps everything on the bar, and the line in one place', () => {
    const load = fc.double({ min: 0, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(load, fc.double({ min: 1, max: 1e15, noNaN: true }), load, (value, limit, heading) => {
        const drawing = prepareLoadGauge({ value, limit, heading });
        expect(drawing.linePercent).toBe(80);
        for (const percent of [drawing.fillPercent, drawing.headingPercent ?? -1]) {
          expect(percent).toBeGreaterThanOrEqual(0);
          expect(percent).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('draws no heading where none is known', () => {
    expect(prepareLoadGauge({ value: 1, limit: 2, heading: null }).headingPercent).toBeNull();
  });
});
