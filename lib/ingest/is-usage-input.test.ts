import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usageInput } from '#lib/usage/usage-event.ts';
import { isUsageInput } from './is-usage-input.ts';
import { mutate } from './testing/hostile-values.ts';

const names = fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.constant('claude-opus-4-1'));
const counts = fc.nat();
const valid = fc.record(
  {
    type: fc.constant('usage'),
    id: fc.uuid(),
    ts: fc.constant('2026-11-21T06:47:00.123Z'),
    agent: fc.constant('coder'),
    provider: fc.constant('anthropic'),
    model: fc.constant('claude-opus-4-1'),
    inputTokens: counts,
    outputTokens: counts,
    session: fc.option(names),
    source: fc.constantFrom('direct', 'cron', null),
    requestedModel: names,
    cacheReadTokens: counts,
    cacheWriteTokens: fc.oneof(counts, fc.record({ '5m': counts, '1h': counts }, { requiredKeys: [] })),
    reasoningTokens: counts,
    inputIncludesCache: fc.boolean(),
    costUsd: fc.constantFrom('0.0123', 0.5, null),
    latencyMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
    status: fc.constantFrom('ok', 'error', 'aborted'),
    error: fc.string(),
    attributes: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }),
    onConflict: fc.constantFrom('keep', 'max'),
  },
  {
    requiredKeys: ['type', 'id', 'ts', 'agent', 'provider', 'model', 'inputTokens', 'outputTokens'],
  },
);

const mutated = mutate(valid, Object.keys(usageInput.shape));

test('the quick check and the schema accept and refuse exactly the same events', () => {
  fc.assert(
    fc.property(mutated, (event) => {
      expect(isUsageInput(event)).toBe(usageInput.safeParse(event).success);
    }),
    { numRuns: 3_000 },
  );
});

test('both accept every valid event', () => {
  fc.assert(
    fc.property(valid, (event) => {
      const hasBadText = JSON.stringify(event).includes('\\u00') || !isWellFormed(event);
      fc.pre(!hasBadText);
      expect(isUsageInput(event)).toBe(usageInput.safeParse(event).success);
    }),
  );
});

test('both refuse what is not an object', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      fc.pre(typeof value !== 'object' || value === null || Array.isArray(value));
      expect(isUsageInput(value)).toBe(false);
      expect(usageInput.safeParse(value).success).toBe(false);
    }),
  );
});

function isWellFormed(value: unknown): boolean {
  return JSON.stringify(value).isWellFormed();
}
