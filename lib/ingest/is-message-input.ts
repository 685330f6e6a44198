import { type MessageInput, messageKinds, messageRoles, partsMax } from '#lib/chat/message-event.ts';
import { isPlainObject } from './event-fields.ts';
import { type Check, isCount, isInstant, isNameValue, isOneOf, objectCheck } from './field-checks.ts';
import { findNumbersFault } from './free-json.ts';

const isPart: Check = (value) =>
  isPlainObject(value) && typeof value['type'] === 'string' && findNumbersFault(value) === null;

const isMessage = objectCheck({
  required: {
    type: (value) => value === 'message',
    id: isNameValue,
    ts: isInstant,
    agent: isNameValue,
    session: isNameValue,
    role: isOneOf([...messageRoles, 'developer']),
    content: (value) =>
      typeof value === 'string' || (Array.isArray(value) && value.length <= partsMax && value.every(isPart)),
  },
  optional: {
    kind: isOneOf(messageKinds),
    toolName: isNameValue,
    toolCallId: isNameValue,
    tokens: isCount,
    bytes: isCount,
    partial: (value) => typeof value === 'boolean',
  },
});

/** Says exactly what `messageInput` says, as `isUsageInput` does. The schema explains what this refuses. */
export function isMessageInput(value: unknown): value is MessageInput {
  return isMessage(value);
}
