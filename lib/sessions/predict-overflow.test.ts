import { describe, expect, test } from 'vitest';
import { predictOverflow } from './predict-overflow.ts';
import { callsOf } from './testing/session-call.ts';

/** `nowMs` after the first call. */
const ask = (
  contexts: readonly number[],
  windowTokens: number | null,
  breaks: readonly number[] = [],
  nowMs = 0,
) =>
  predictOverflow({
    calls: callsOf(...contexts),
    breaks: breaks.map((index) => ({ index, atMs: 0 })),
    windowTokens,
    nowMs,
  });

test('calls and minutes left follow from the mean growth and the mean distance of the last calls', () => {
  expect(ask([100, 150, 200], 450)).toEqual({
    callsLeft: 5,
    minutesLeft: 5,
    tokensPerCall: 50,
    callsSeen: 3,
  });
});

test('a session at its window has no call left, and one past it neither', () => {
  expect(ask([100, 150, 200], 200)?.callsLeft).toBe(0);
  expect(ask([100, 150, 200], 180)?.callsLeft).toBe(0);
});

test('only the present history counts', () => {
  expect(ask([900, 950, 990, 10, 20, 30], 100, [3])).toMatchObject({ callsLeft: 7, callsSeen: 3 });
});

describe('nothing is foretold', () => {
  test.each([
    ['without a window', [1, 2, 3], null],
    ['from two calls', [1, 2], 100],
    ['from none', [], 100],
    ['when it does not grow', [50, 50, 50], 100],
    ['when it shrinks', [50, 40, 45], 100],
  ] as const)('%s', (_, contexts, windowTokens) => {
    expect(ask(contexts, windowTokens)).toBeNull();
  });
});

test('of a session whose last call was more than seven days ago nothing is foretold', () => {
  const lastMs = callsOf(100, 150, 200)[2]?.tsMs ?? 0;
  const sevenDaysMs = 7 * 86_400_000;
  expect(ask([100, 150, 200], 450, [], lastMs + sevenDaysMs)).toMatchObject({ callsLeft: 5 });
  expect(ask([100, 150, 200], 450, [], lastMs + sevenDaysMs + 1)).toBeNull();
  expect(ask([100, 150, 200], 200, [], lastMs + sevenDaysMs + 1)).toBeNull();
});
