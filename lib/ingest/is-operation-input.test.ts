import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operationInput, operationKinds } from '#lib/operations/operation-event.ts';
import { usageStatuses } from '#lib/usage/usage-event.ts';
import { isOperationInput } from './is-operation-input.ts';
import { mutate } from './testing/hostile-values.ts';

const valid = fc.record(
  {
    type: fc.constant('operation'),
    id: fc.uuid(),
    ts: fc.constant('2026-11-21T06:47:00.123Z'),
    agent: fc.constant('coder'),
    session: fc.option(fc.constant('s-1')),
    name: fc.constant('Bash'),
    kind: fc.constantFrom(...operationKinds),
    durationMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
    status: fc.option(fc.constantFrom(...usageStatuses)),
    bytesBefore: fc.option(fc.nat()),
    bytesAfter: fc.option(fc.nat()),
    tokensBefore: fc.option(fc.nat()),
    tokensAfter: fc.option(fc.nat()),
    attributes: fc.option(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 })),
  },
  { requiredKeys: ['type', 'id', 'ts', 'agent', 'name', 'kind', 'durationMs'] },
);

test('the quick check and the schema accept and refuse exactly the same operations', () => {
  const mutated = mutate(valid, Object.keys(operationInput.shape));
  fc.assert(
    fc.property(mutated, (event) => {
      expect(isOperationInput(event)).toBe(operationInput.safeParse(event).success);
    }),
    { numRuns: 3_000 },
  );
});

test('the quick check takes a plain operation', () => {
  const operation = {
    type: 'operation',
    id: 'o',
    ts: '2026-11-21T06:47:00Z',
    agent: 'a',
    name: 'Bash',
    kind: 'tool',
  };
  expect(isOperationInput({ ...operation, durationMs: 0.5 })).toBe(true);
  expect(isOperationInput(operation)).toBe(false);
});
