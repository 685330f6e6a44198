import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareContextGrowth } from './prepare-context-growth.ts';

const callsOf = (sizes: readonly number[]) =>
  sizes.map((contextTokens) => ({ ts: '2026-11-21T00:00:00Z', contextTokens }));

describe('prepareContextGrowth', () => {
  it('keeps every call while they fit', () => {
    const growth = prepareContextGrowth({ calls: callsOf([5, 9, 2]), window: null });
    expect(growth.points.map((point) => [point.call, point.contextTokens])).toEqual([
      [1, 5],
      [2, 9],
      [3, 2],
    ]);
  });

  it('leaves room for the load line above what was reached', () => {
    expect(prepareContextGrowth({ calls: callsOf([10]), window: 200 }).axisMax).toBeCloseTo(210);
    expect(prepareContextGrowth({ calls: callsOf([300]), window: 200 }).axisMax).toBeCloseTo(315);
  });

  it('never draws more than asked, in order, and never loses the highest or the lowest call', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 500 }), (sizes) => {
        const { points, largest, callsTotal } = prepareContextGrowth({
          calls: callsOf(sizes),
          window: null,
          pointsMax: 20,
        });
        const drawn = points.map((point) => point.contextTokens);
        expect(points.length).toBeLessThanOrEqual(20);
        expect(callsTotal).toBe(sizes.length);
        expect(Math.max(...drawn)).toBe(Math.max(...sizes));
        expect(Math.min(...drawn)).toBe(Math.min(...sizes));
        expect(largest).toBe(Math.max(...sizes));
        const order = points.map((point) => point.call);
        expect(order).toEqual(order.toSorted((left, right) => left - right));
      }),
    );
  });
});
