import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ContextPart, contextPartNames, estimateContextParts } from './context-parts.ts';
import { messagesBefore } from './messages-before.ts';

const sum = (point: number, part: ContextPart, tokens: number, segment = 0) => ({
  point,
  segment,
  part,
  tokens,
});

function estimate(
  contexts: readonly number[],
  sums: readonly ReturnType<typeof sum>[],
  breaks: readonly number[] = [],
) {
  const before = messagesBefore({
    calls: contexts.length,
    sums,
    breaks: breaks.map((index) => ({ index, atMs: 0 })),
  });
  return estimateContextParts({ contexts, before });
}

test('what the first call sent beyond its messages is the prompt, in all calls', () => {
  const estimates = estimate(
    [1_100, 1_400],
    [sum(0, 'user', 100), sum(1, 'assistant', 100), sum(1, 'tool', 200)],
  );
  expect(estimates).toEqual([
    { parts: { system: 1_000, user: 100, assistant: 0, tool: 0 }, sentShare: 1 },
    { parts: { system: 1_000, user: 100, assistant: 100, tool: 200 }, sentShare: 1 },
  ]);
});

test('the messages are scaled to what was measured, and what was pruned is not counted as sent', () => {
  const estimates = estimate([100, 300], [sum(0, 'user', 100), sum(1, 'tool', 500)]);
  expect(estimates[1]).toEqual({ parts: { system: 0, user: 50, assistant: 0, tool: 250 }, sentShare: 0.5 });
});

test('a compaction leaves the summary and what came after it', () => {
  const estimates = estimate(
    [1_000, 60],
    [sum(0, 'user', 500), sum(0, 'tool', 500), sum(1, 'system', 20, 1), sum(1, 'user', 40, 1)],
  );
  expect(estimates[1]?.parts).toEqual({ system: 20, user: 40, assistant: 0, tool: 0 });
});

test('a clearing that only the contexts tell leaves what came after the call before it', () => {
  const estimates = estimate([1_000, 40], [sum(0, 'tool', 1_000), sum(1, 'user', 40)], [1]);
  expect(estimates[1]).toEqual({ parts: { system: 0, user: 40, assistant: 0, tool: 0 }, sentShare: 1 });
});

test('nothing is made up before the first message is known', () => {
  expect(estimate([10, 20], [sum(1, 'user', 5)])[0]).toEqual({ parts: null, sentShare: 1 });
  expect(estimate([10], [])).toEqual([{ parts: null, sentShare: 1 }]);
});

test('property: the parts are never negative and add up to the measured context', () => {
  const sums = fc.array(
    fc.record({
      point: fc.integer({ min: 0, max: 12 }),
      segment: fc.integer({ min: 0, max: 3 }),
      part: fc.constantFrom(...contextPartNames),
      tokens: fc.integer({ min: 0, max: 1_000_000 }),
    }),
  );
  const contexts = fc.array(fc.integer({ min: 1, max: 2_000_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(contexts, sums, (measured, messages) => {
      for (const [index, { parts, sentShare }] of estimate(measured, messages).entries()) {
        expect(sentShare).toBeGreaterThanOrEqual(0);
        expect(sentShare).toBeLessThanOrEqual(1);
        if (parts === null) continue;
        const values = Object.values(parts);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
        expect(values.reduce((a, b) => a + b, 0)).toBe(measured[index]);
      }
    }),
  );
});
