import { describe, expect, it } from 'vitest';
import { barPath } from './bar-path.ts';
import { prepareSpendStack } from './prepare-spend-stack.ts';

const chart = {
  by: 'model',
  bucket: 'hour',
  names: ['a', 'b'],
  others: 3,
  buckets: [
    {
      start: '2026-11-20T22:00:00.000Z',
      calls: 2,
      unpricedTokens: 0,
      costsUsd: ['1', '0.5', '0.25'],
      tokens: [1, 2, 3],
    },
    {
      start: '2026-11-20T23:00:00.000Z',
      calls: 0,
      unpricedTokens: 0,
      costsUsd: ['0', '0', '0'],
      tokens: [0, 0, 0],
    },
    {
      start: '2026-11-21T00:00:00.000Z',
      calls: 1,
      unpricedTokens: 7,
      costsUsd: ['0', '0', '0.000000000001'],
      tokens: [0, 0, 7],
    },
  ],
} as const;

function prepare(options: Partial<Parameters<typeof prepareSpendStack>[0]> = {}) {
  return prepareSpendStack({
    chart,
    metric: 'spend',
    colorOf: ({ name }) => (name === 'a' ? 5 : 9),
    timeZone: 'Europe/Berlin',
    to: '2026-11-21T00:30:00.001Z',
    asOf: '2026-11-21T00:30:00.000Z',
    labelsMax: 10,
    ...options,
  });
}

describe('prepareSpendStack', () => {
  it('stacks each name on the one before, with all others on top in no colour of their own', () => {
    const { series, bars } = prepare();
    expect(bars[0]?.tops).toEqual([1, 1.5, 1.75]);
    expect(series.map(({ name }) => name)).toEqual(['a', 'b', '3 others']);
    expect(series.map(({ color }) => color)).toEqual([5, 9, null]);
  });

  it('keeps the exact amounts beside the heights', () => {
    const { bars } = prepare();
    expect(bars[2]).toMatchObject({ exactTotal: '$0.000000000001', unpricedTokens: 7 });
    expect(bars[0]?.exact).toEqual(['$1', '$0.5', '$0.25']);
  });

  it('draws an hour without calls as 0, not as a gap', () => {
    expect(prepare().bars[1]).toMatchObject({ total: 0, calls: 0 });
  });

  it('pales only the hour that is not over', () => {
    const unfinished = (options: Parameters<typeof prepare>[0]) =>
      prepare(options).bars.map(({ isUnfinished }) => isUnfinished);
    expect(unfinished({})).toEqual([false, false, true]);
    expect(unfinished({ asOf: '2026-11-22T00:00:00.000Z' })).toEqual([false, false, false]);
  });

  it("labels hours by the range's zone, and midnight by its day", () => {
    expect(prepare().labels.map(({ text }) => text)).toEqual(['23:00', '21 Nov', '01:00']);
    expect(prepare().bars[1]?.label).toBe('Sat 21 Nov, 00:00');
  });

  it('marks the axis in round steps, up to above the highest bar', () => {
    const { axisMax, axisTicks } = prepare();
    expect(axisMax).toBe(2);
    expect(axisTicks.map(({ label }) => label)).toEqual(['$0', '$0.50', '$1.00', '$1.50', '$2.00']);
  });

  it('stands on an axis when nothing was spent', () => {
    const buckets = [chart.buckets[1]];
    expect(prepare({ chart: { ...chart, buckets } }).axisMax).toBe(1);
  });

  it('shows tokens where they are asked for', () => {
    expect(prepare({ metric: 'tokens' }).bars[0]).toMatchObject({
      total: 6,
      exact: ['1', '2', '3'],
      exactTotal: '6',
    });
  });
});

describe('barPath', () => {
  it('draws each bar from its lower to its upper end, and none of no height', () => {
    const bars = [
      { index: 0, from: 0, to: 5 },
      { index: 1, from: 5, to: 5 },
      { index: 2, from: 5, to: 10 },
    ];
    expect(barPath({ bars, axisMax: 10, gap: 0.5 })).toBe('M0.25 1000V500h0.5V1000zM2.25 500V0h0.5V500z');
  });
});
