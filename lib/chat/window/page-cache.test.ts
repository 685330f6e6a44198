import { expect, test } from 'vitest';
import type { PageMessage } from '../message-view.ts';
import { openPageCache } from './page-cache.ts';

function message(seq: number, preview = 'x'): PageMessage {
  return {
    seq,
    id: String(seq),
    ts: '2026-11-20T10:00:00.000Z',
    role: 'user',
    kind: 'text',
    toolName: null,
    toolCallId: null,
    bytes: preview.length,
    tokens: 1,
    tokensEstimated: true,
    preview,
    previewTruncated: false,
    truncated: false,
    redactions: 0,
    cleared: false,
    call: null,
  };
}

const page = (number: number, preview?: string) =>
  Array.from({ length: 50 }, (_, index) => message(number * 50 + index, preview));

test('holds no more pages than it may; the one unused for longest goes first', () => {
  const cache = openPageCache({ pagesMax: 3, charactersMax: 1e9 });
  for (const number of [0, 1, 2]) cache.put(page(number), { isNew: true });
  cache.isWhole(0, { first: 0, end: 1_001 });
  cache.put(page(9), { isNew: true });
  expect([0, 1, 2, 9].map((number) => cache.row(number * 50) !== undefined)).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect(cache.pages).toBe(3);
});

test('holds no more text than it may, but always the page used last', () => {
  const cache = openPageCache({ pagesMax: 40, charactersMax: 100_000 });
  for (let number = 0; number < 20; number++) cache.put(page(number, 'y'.repeat(1_000)), { isNew: true });
  expect(cache.characters).toBeLessThanOrEqual(100_000);
  cache.put(page(50, 'z'.repeat(5_000)), { isNew: true });
  expect(cache.row(2_500)?.preview).toHaveLength(5_000);
  expect(cache.pages).toBe(1);
});

test('a last page is whole until more is known to be there', () => {
  const cache = openPageCache({ pagesMax: 3, charactersMax: 1e9 });
  cache.put(page(0).slice(0, 10), { isNew: true });
  expect(cache.isWhole(0, { first: 0, end: 10 })).toBe(true);
  expect(cache.isWhole(0, { first: 0, end: 11 })).toBe(false);
  cache.put([message(10)], { isNew: false });
  expect(cache.isWhole(0, { first: 0, end: 11 })).toBe(true);
});

test('a page whose first rows are missing is not whole, unless they were cleared', () => {
  const cache = openPageCache({ pagesMax: 3, charactersMax: 1e9 });
  cache.put(page(2).slice(20), { isNew: true });
  expect(cache.isWhole(2, { first: 0, end: 1_000 })).toBe(false);
  expect(cache.isWhole(2, { first: 120, end: 1_000 })).toBe(true);
});

test('the tail does not open pages that nobody reads', () => {
  const cache = openPageCache({ pagesMax: 3, charactersMax: 1e9 });
  cache.put([message(700)], { isNew: false });
  expect(cache.pages).toBe(0);
});

test('cleared, it holds nothing', () => {
  const cache = openPageCache({ pagesMax: 3, charactersMax: 1e9 });
  cache.put(page(0), { isNew: true });
  cache.clear();
  expect([cache.pages, cache.rows, cache.characters, cache.row(0)]).toEqual([0, 0, 0, undefined]);
});
