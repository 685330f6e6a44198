import { describe, expect, it } from 'vitest';
import { pageOfSeq, parseSeqFragment } from './message-pages.ts';

describe('pageOfSeq', () => {
  it.each([
    [0, 0],
    [49, 0],
    [50, 1],
    [119, 2],
    [120, 2],
    [999_999, 2],
    [-1, 0],
  ])('finds message %d of 120 on page %d', (seq, page) => {
    expect(pageOfSeq(seq, { lastSeq: 119, pageSize: 50 })).toBe(page);
  });

  it('is the first page of an empty session', () => {
    expect(pageOfSeq(70, { lastSeq: -1, pageSize: 50 })).toBe(0);
  });
});

describe('parseSeqFragment', () => {
  it.each([
    ['#0', 0],
    ['#120', 120],
    ['', null],
    ['#', null],
    ['#content', null],
    ['#-1', null],
    ['#1.5', null],
    ['#9999999999999999', null],
  ])('reads %j as %j', (hash, seq) => {
    expect(parseSeqFragment(hash)).toBe(seq);
  });
});
