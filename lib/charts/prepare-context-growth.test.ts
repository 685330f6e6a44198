import { describe, expect, it } from 'vitest';
import { prepareContextGrowth } from './prepare-context-growth.ts';

function growthOf(...points: readonly (readonly [calls: number, contextTokens: number])[]) {
  return points.map(([calls, contextTokens]) => ({
    ts: '2026-11-21T00:00:00Z',
    calls,
    contextTokens,
    costUsd: '0',
    model: 'm',
    parts: null,
    compacted: false,
  }));
}

describe('prepareContextGrowth', () => {
  it('places points by the calls that came before, so that a wide point is wide', () => {
    const drawing = prepareContextGrowth({ growth: growthOf([1, 5], [3, 9], [1, 2]), window: null });
    expect(drawing.points.map((point) => [point.call, point.contextTokens])).toEqual([
      [1, 5],
      [4, 9],
      [5, 2],
    ]);
    expect(drawing).toMatchObject({ callsTotal: 5, largest: 9 });
    expect(
      drawing.drawn.map(({ x }) => x),
      'each from where the one before ended',
    ).toEqual([0, 1, 4, 5]);
  });

  it('leaves room for the load line above what was reached', () => {
    expect(prepareContextGrowth({ growth: growthOf([1, 10]), window: 200 }).axisMax).toBeCloseTo(210);
    expect(prepareContextGrowth({ growth: growthOf([1, 300]), window: 200 }).axisMax).toBeCloseTo(315);
  });

  it('marks the axis in round numbers of tokens', () => {
    const { axisTicks } = prepareContextGrowth({ growth: growthOf([1, 10]), window: 200_000 });
    expect(axisTicks).toEqual([0, 50_000, 100_000, 150_000, 200_000]);
  });

  it('has an axis even when nothing was read', () => {
    expect(prepareContextGrowth({ growth: growthOf([1, 0]), window: null }).axisMax).toBeGreaterThan(0);
  });
});

describe('the parts', () => {
  const parts = { system: 10, user: 20, assistant: 0, tool: 70 };
  const point = { ts: '2026-11-21T00:00:00Z', calls: 2, contextTokens: 100, costUsd: '0', model: 'm' };

  it('stack up to the context, and stand for it as a whole where they are not known', () => {
    const drawing = prepareContextGrowth({
      growth: [
        { ...point, parts: null, compacted: false },
        { ...point, parts, compacted: true },
      ],
      window: null,
    });
    for (const { stack } of drawing.points) {
      expect(Object.values(stack).reduce((a, b) => a + b, 0)).toBe(100);
    }
    expect(drawing).toMatchObject({ hasParts: true, breaks: [2] });
    expect(drawing.lastParts.map(({ part, share }) => [part, share])).toEqual([
      ['tool', 0.7],
      ['user', 0.2],
      ['system', 0.1],
      ['assistant', 0],
    ]);
  });
});
