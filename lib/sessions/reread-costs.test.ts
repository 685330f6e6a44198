import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rates } from '#lib/pricing/rate-card.ts';
import { rereadCosts } from './reread-costs.ts';
import { contextOf } from './session-call.ts';
import { callsOf, sessionCall } from './testing/session-call.ts';

const rates: Rates = { input: 10n, cacheRead: 1n, cacheWrite5m: 12n, cacheWrite1h: 20n, output: 50n };
const ratesOf = () => rates;

test('without a cache each call after a message pays the input rate for it', () => {
  const costOf = rereadCosts({ calls: callsOf(100, 200, 300), breaks: [], sentShares: [], ratesOf });
  expect(costOf({ tsMs: -1, tokens: 7 })).toEqual({ rereads: 3, rereadTokens: 21, costPicoUsd: 210n });
  expect(costOf({ tsMs: 60_000, tokens: 7 })).toEqual({ rereads: 1, rereadTokens: 7, costPicoUsd: 70n });
  expect(costOf({ tsMs: 120_000, tokens: 7 })).toEqual({ rereads: 0, rereadTokens: 0, costPicoUsd: 0n });
});

test('a warm cache makes the first reading dear and the others cheap', () => {
  const calls = [
    sessionCall({ tsMs: 0, cacheWrite5mTokens: 1_000 }),
    sessionCall({ tsMs: 1, cacheReadTokens: 1_000, cacheWrite5mTokens: 100 }),
    sessionCall({ tsMs: 2, cacheReadTokens: 1_100 }),
  ];
  const { costPicoUsd } = rereadCosts({ calls, breaks: [], sentShares: [], ratesOf })({
    tsMs: -1,
    tokens: 5,
  });
  expect(costPicoUsd).toBe(5n * (12n + 1n + 1n));
});

test('a cache that only held half of what was sent before is paid half at each rate', () => {
  const calls = [
    sessionCall({ tsMs: 0, inputTokens: 1_000 }),
    sessionCall({ tsMs: 1, cacheReadTokens: 500, inputTokens: 500 }),
  ];
  const { costPicoUsd } = rereadCosts({ calls, breaks: [], sentShares: [], ratesOf })({
    tsMs: -1,
    tokens: 100,
  });
  // 5.5 a token is rounded to 6.
  expect(costPicoUsd).toBe(100n * (10n + 6n));
});

test('where messages were pruned, each counts by the share that can have been sent', () => {
  const costOf = rereadCosts({
    calls: callsOf(100, 100, 100),
    breaks: [],
    sentShares: [1, 0.5, 0.25],
    ratesOf,
  });
  // 10 + 5 + 2.5 a token, the last rounded to 3.
  expect(costOf({ tsMs: -1, tokens: 8 })).toEqual({ rereads: 3, rereadTokens: 14, costPicoUsd: 144n });
});

describe('a compaction ends the reading', () => {
  const breaks = [{ index: 2, atMs: 90_000 }];
  const costOf = rereadCosts({ calls: callsOf(100, 200, 30, 40), breaks, sentShares: [], ratesOf });

  test.each([
    ['before it', -1, 2],
    ['between the last call and the compaction', 80_000, 0],
    ['that is its summary', 90_000, 2],
    ['after it', 100_000, 2],
  ])('of a message %s', (_, tsMs, rereads) => {
    expect(costOf({ tsMs, tokens: 1 }).rereads).toBe(rereads);
  });
});

test('where a call has no known price, what it cost is not known, and the readings still are', () => {
  const calls = [...callsOf(10), sessionCall({ tsMs: 60_000, inputTokens: 10, model: 'x' })];
  const costOf = rereadCosts({
    calls,
    breaks: [],
    sentShares: [],
    ratesOf: ({ model }) => (model === 'x' ? null : rates),
  });
  expect(costOf({ tsMs: -1, tokens: 5 })).toEqual({ rereads: 2, rereadTokens: 10, costPicoUsd: null });
});

test('property: messages that make up the whole context cost what the calls paid for it, but for rounding', () => {
  const step = fc.record({ tokens: fc.integer({ min: 1, max: 5_000 }), warm: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      let context = 0;
      const calls = steps.map(({ tokens, warm }, index) => {
        const before = context;
        context += tokens;
        return warm
          ? sessionCall({ tsMs: index, cacheReadTokens: before, cacheWrite5mTokens: tokens })
          : sessionCall({ tsMs: index, inputTokens: context });
      });
      const costOf = rereadCosts({ calls, breaks: [], sentShares: [], ratesOf });
      const shared = steps.reduce(
        (sum, { tokens }, index) => sum + Number(costOf({ tsMs: index - 0.5, tokens }).costPicoUsd),
        0,
      );
      const paid = calls.reduce(
        (sum, call) => sum + call.inputTokens * 10 + call.cacheReadTokens + call.cacheWrite5mTokens * 12,
        0,
      );
      const rounding = calls.reduce((sum, call) => sum + contextOf(call), 0) / 2;
      expect(Math.abs(shared - paid)).toBeLessThanOrEqual(rounding);
    }),
  );
});
