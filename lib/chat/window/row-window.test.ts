import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followReader, growWindow, windowAround, windowRowsMax } from './row-window.ts';

const million = { first: 0, end: 1_000_000 };

describe('a window', () => {
  test.each([
    [0, { first: 0, end: 2_000 }],
    [734_000, { first: 733_000, end: 735_000 }],
    [999_999, { first: 998_000, end: 1_000_000 }],
  ])('around %i holds it', (seq, expected) => expect(windowAround(seq, million)).toEqual(expected));

  test('never leaves what there is, and never holds more than it may', () => {
    const bounds = fc
      .tuple(fc.nat(5_000), fc.nat(5_000))
      .map(([first, size]) => ({ first, end: first + size }));
    fc.assert(
      fc.property(bounds, fc.integer({ min: -10, max: 20_000 }), (rows, seq) => {
        const window = windowAround(seq, rows);
        expect(window.first).toBeGreaterThanOrEqual(rows.first);
        expect(window.end).toBeLessThanOrEqual(rows.end);
        expect(window.end - window.first).toBe(Math.min(windowRowsMax, rows.end - rows.first));
      }),
    );
  });
});

describe('the reader', () => {
  const window = windowAround(500_000, million);

  test('in the middle leaves the window as it is', () => {
    expect(followReader(window, { first: 500_000, end: 500_010 }, million)).toBe(window);
  });

  test('near an edge has it moved around what is seen', () => {
    const moved = followReader(window, { first: 499_100, end: 499_110 }, million);
    expect(moved).toEqual({ first: 498_105, end: 500_105 });
  });

  test('at the end of all leaves it', () => {
    const last = windowAround(999_999, million);
    expect(followReader(last, { first: 999_990, end: 1_000_000 }, million)).toBe(last);
  });
});

describe('growth at the end', () => {
  test('is followed by a window that reached the end, up to its bound', () => {
    const small = { first: 0, end: 1_999 };
    expect(growWindow(small, 1_999, { first: 0, end: 2_000 })).toEqual({ first: 0, end: 2_000 });
    expect(growWindow(small, 1_999, { first: 0, end: 2_001 })).toEqual({ first: 250, end: 2_001 });
  });

  test('of more than a window holds leaves the newest', () => {
    const grown = growWindow({ first: 0, end: 10 }, 10, { first: 0, end: 90_000 });
    expect(grown).toEqual({ first: 88_000, end: 90_000 });
  });

  test('does not concern a window somewhere else', () => {
    const elsewhere = { first: 0, end: 2_000 };
    expect(growWindow(elsewhere, 5_000, { first: 0, end: 5_001 })).toBe(elsewhere);
  });
});
