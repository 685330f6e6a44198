import { expect, test } from 'vitest';
import { openNovelty } from './novelty.ts';

test('ids are expected to be new until one is known, and again after a hundred flushes without one', () => {
  const novelty = openNovelty();
  expect(novelty.isExpected()).toBe(true);
  novelty.note(true);
  expect(novelty.isExpected()).toBe(true);
  novelty.note(false);
  const guesses = Array.from({ length: 101 }, () => {
    const guess = novelty.isExpected();
    novelty.note(true);
    return guess;
  });
  expect(guesses.indexOf(true)).toBe(100);
});
