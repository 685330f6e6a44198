import { expect, test } from 'vitest';
import { findBreaks } from './find-breaks.ts';
import { callsOf } from './testing/session-call.ts';

test('a noted compaction begins a new history at the first call after it', () => {
  const breaks = findBreaks({ calls: callsOf(100, 110, 80, 90), marksMs: [90_000] });
  expect(breaks).toEqual([{ index: 2, atMs: 90_000 }]);
});

test('the summary and the operation of one compaction are one break, at the later of them', () => {
  const breaks = findBreaks({ calls: callsOf(100, 40), marksMs: [31_000, 30_000] });
  expect(breaks).toEqual([{ index: 1, atMs: 31_000 }]);
});

test('a context that falls below half was cleared, also when nobody noted it', () => {
  expect(findBreaks({ calls: callsOf(100, 50, 24), marksMs: [] })).toEqual([{ index: 2, atMs: 60_000 }]);
});

test('a window that slides is no break, nor is a mark before the first call or after the last', () => {
  expect(findBreaks({ calls: callsOf(100, 99, 100, 98), marksMs: [-1, 999_000] })).toEqual([]);
});
