import { expect, test } from 'vitest';
import { findLandmark } from './find-landmark.ts';

const outline = {
  lastSeq: 100,
  epoch: 0,
  clearedThroughSeq: -1,
  bytes: 1_000,
  heavy: [
    { seq: 50, bytes: 500 },
    { seq: 10, bytes: 300 },
  ],
  compactions: [20, 60],
  errors: [30],
};

test.each([
  ['compaction', 20, 'next', 60],
  ['compaction', 60, 'next', null],
  ['compaction', 60, 'previous', 20],
  ['error', 0, 'next', 30],
  ['error', 30, 'previous', null],
  ['heaviest', null, 'next', 50],
  ['heaviest', 50, 'next', 10],
  ['heaviest', 10, 'previous', 50],
  ['heaviest', 10, 'next', null],
] as const)('%s from %s, %s: %s', (landmark, from, direction, seq) => {
  expect(findLandmark(outline, { landmark, from, direction })).toBe(seq);
});

test('there is nothing before the outline is known', () => {
  expect(findLandmark(undefined, { landmark: 'error', from: 0, direction: 'next' })).toBeNull();
});
