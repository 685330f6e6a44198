import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupCalls } from './group-calls.ts';
import { callsOf } from './testing/session-call.ts';

test('few calls are a group each', () => {
  const groups = groupCalls({ calls: callsOf(5, 7), breaks: [{ index: 1, atMs: 0 }], groupsMax: 400 });
  expect(groups.map(({ calls, contextTokens, isBreak }) => [calls, contextTokens, isBreak])).toEqual([
    [1, 5, false],
    [1, 7, true],
  ]);
});

test('property: groups hold every call once, keep the largest context and are never more than asked for', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1_000 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (contexts, groupsMax) => {
        const groups = groupCalls({ calls: callsOf(...contexts), breaks: [], groupsMax });
        expect(groups.length).toBeLessThanOrEqual(groupsMax);
        expect(groups.reduce((sum, { calls }) => sum + calls, 0)).toBe(contexts.length);
        expect(Math.max(0, ...groups.map(({ contextTokens }) => contextTokens))).toBe(
          Math.max(0, ...contexts),
        );
      },
    ),
  );
});
