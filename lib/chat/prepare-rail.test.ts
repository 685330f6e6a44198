import { expect, test } from 'vitest';
import { prepareRail, seqAtShare } from './prepare-rail.ts';

const bounds = { first: 0, end: 1_000 };
const outline = {
  heavy: [
    { seq: 999, bytes: 100 },
    { seq: 0, bytes: 400 },
  ],
  compactions: [500],
  errors: [250, 250.1, 2_000],
};

test('the heaviest stretch is the widest, and others stay visible beside it', () => {
  const { bars } = prepareRail(outline, [], bounds);
  expect(bars.map(({ widthPercent }) => widthPercent)).toEqual([100, 50]);
  expect(bars[1]?.topPercent).toBeCloseTo(99.17, 1);
});

test('marks stand at their share of the rail; what is outside or the same is left out', () => {
  expect(prepareRail(outline, [100], bounds)).toMatchObject({ compactions: [50], errors: [25], hits: [10] });
});

test.each([
  [0, 0],
  [0.734, 734],
  [1, 999],
  [-1, 0],
  [2, 999],
])('the place %d is message %i', (share, seq) => expect(seqAtShare(share, bounds)).toBe(seq));
