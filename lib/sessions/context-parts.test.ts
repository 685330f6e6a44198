import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contextPartNames, estimateContextParts } from './context-parts.ts';

const sum = (point: number, part: (typeof contextPartNames)[number], tokens: number, segment = 0) => ({
  point,
  segment,
  part,
  tokens,
});

test('what the first call sent beyond its messages is the prompt, in all calls', () => {
  const parts = estimateContextParts({
    contexts: [1_100, 1_400],
    sums: [sum(0, 'user', 100), sum(1, 'assistant', 100), sum(1, 'tool', 200)],
  });
  expect(parts).toEqual([
    { system: 1_000, user: 100, assistant: 0, tool: 0 },
    { system: 1_000, user: 100, assistant: 100, tool: 200 },
  ]);
});

test('the messages are scaled to what was measured', () => {
  const parts = estimateContextParts({
    contexts: [100, 300],
    sums: [sum(0, 'user', 100), sum(1, 'tool', 500)],
  });
  expect(parts[1]).toEqual({ system: 0, user: 50, assistant: 0, tool: 250 });
});

test('a compaction leaves the summary and what came after it', () => {
  const parts = estimateContextParts({
    contexts: [1_000, 60],
    sums: [sum(0, 'user', 500), sum(0, 'tool', 500), sum(1, 'system', 20, 1), sum(1, 'user', 40, 1)],
  });
  expect(parts[1]).toEqual({ system: 20, user: 40, assistant: 0, tool: 0 });
});

test('nothing is made up before the first message is known', () => {
  expect(estimateContextParts({ contexts: [10, 20], sums: [sum(1, 'user', 5)] })[0]).toBeNull();
  expect(estimateContextParts({ contexts: [10], sums: [] })).toEqual([null]);
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
      for (const [index, parts] of estimateContextParts({ contexts: measured, sums: messages }).entries()) {
        if (parts === null) continue;
        const values = Object.values(parts);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
        expect(values.reduce((a, b) => a + b, 0)).toBe(measured[index]);
      }
    }),
  );
});
