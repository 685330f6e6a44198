import { type OperationInput, operationKinds } from '#lib/operations/operation-event.ts';
import { usageStatuses } from '#lib/usage/usage-event.ts';
import {
  isAttributes,
  isCount,
  isInstant,
  isMilliseconds,
  isNameValue,
  isOneOf,
  objectCheck,
} from './field-checks.ts';

const isOperation = objectCheck({
  required: {
    type: (value) => value === 'operation',
    id: isNameValue,
    ts: isInstant,
    agent: isNameValue,
    name: isNameValue,
    kind: isOneOf(operationKinds),
    durationMs: isMilliseconds,
  },
  optional: {
    session: isNameValue,
    status: isOneOf(usageStatuses),
    bytesBefore: isCount,
    bytesAfter: isCount,
    tokensBefore: isCount,
    tokensAfter: isCount,
    attributes: isAttributes,
  },
});

/** Says exactly what `operationInput` says, as `isUsageInput` does. The schema explains what this refuses. */
export function isOperationInput(value: unknown): value is OperationInput {
  return isOperation(value);
}
