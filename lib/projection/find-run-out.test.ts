import { expect, test } from 'vitest';
import { findRunOut } from './find-run-out.ts';

const path = [
  { atMs: 1_000, p10: 50n, p50: 50n, p90: 50n },
  { atMs: 2_000, p10: 60n, p50: 70n, p90: 100n },
  { atMs: 3_000, p10: 70n, p50: 90n, p90: 150n },
];

test('the limit is passed at different times on the dearer, the middle and the cheaper way', () => {
  expect(findRunOut(path, 80n)).toEqual({ earliestMs: 1_600, likelyMs: 2_500, latestMs: null });
});

test('a limit that is already reached has run out now', () => {
  expect(findRunOut(path, 50n)).toEqual({ earliestMs: 1_000, likelyMs: 1_000, latestMs: 1_000 });
});

test('a limit above all ways does not run out', () => {
  expect(findRunOut(path, 151n)).toEqual({ earliestMs: null, likelyMs: null, latestMs: null });
});
