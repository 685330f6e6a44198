import { expect, test } from 'vitest';
import type { ProjectionView } from '#lib/projection/projection-view.ts';
import { prepareSpendProjection } from './prepare-spend-projection.ts';

const view: ProjectionView = {
  window: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-05T00:00:00.000Z', timeZone: 'UTC' },
  at: '2026-11-03T12:00:00.000Z',
  spentUsd: '7',
  days: [
    { start: '2026-11-01T00:00:00.000Z', costUsd: '4' },
    { start: '2026-11-03T00:00:00.000Z', costUsd: '3' },
  ],
  basis: { days: 20, activeDays: 15, firstDay: '2026-10-10T00:00:00.000Z' },
  projection: {
    p10Usd: '9',
    p50Usd: '12',
    p90Usd: '20',
    confidence: 'normal',
    path: [
      { at: '2026-11-03T12:00:00.000Z', p10Usd: '7', p50Usd: '7', p90Usd: '7' },
      { at: '2026-11-04T00:00:00.000Z', p10Usd: '8', p50Usd: '9', p90Usd: '12' },
      { at: '2026-11-05T00:00:00.000Z', p10Usd: '9', p50Usd: '12', p90Usd: '20' },
    ],
    runsOut: null,
    pastError: null,
  },
  absentReason: null,
  tokens: null,
};
const heights = (of: ProjectionView) =>
  prepareSpendProjection(of).points.map(({ spentUsd, p50Usd, bandUsd }) => [spentUsd, p50Usd, bandUsd]);

test('spend adds up to now, a day of nothing keeps it level, and what is expected follows', () => {
  expect(heights(view)).toEqual([
    [0, null, null],
    [4, null, null],
    [4, null, null],
    [7, 7, [7, 7]],
    [null, 9, [8, 12]],
    [null, 12, [9, 20]],
  ]);
});

test('the axis holds the whole window and the top of the band', () => {
  const { axisFromMs, axisToMs, axisMaxUsd } = prepareSpendProjection(view);
  expect([axisFromMs, axisToMs]).toEqual([Date.parse(view.window.from), Date.parse(view.window.to)]);
  expect(axisMaxUsd).toBeGreaterThan(20);
});

test('without a projection the line ends now', () => {
  const points = prepareSpendProjection({
    ...view,
    projection: null,
    absentReason: 'few-active-days',
  }).points;
  expect(points.at(-1)).toMatchObject({ title: 'Now', spentUsd: 7 });
});

test('spend before the first listed day is where the line begins', () => {
  expect(heights({ ...view, spentUsd: '9', projection: null })[0]).toEqual([2, null, null]);
});

test('nothing spent is a line at 0 on an axis of its own', () => {
  const burn = prepareSpendProjection({ ...view, spentUsd: '0', days: [], projection: null });
  expect(burn.axisMaxUsd).toBe(1);
  expect(burn.points.every(({ spentUsd }) => spentUsd === 0)).toBe(true);
});
