import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageInput, messageKinds, messageRoles } from '#lib/chat/message-event.ts';
import { isMessageInput } from './is-message-input.ts';
import { mutate } from './testing/hostile-values.ts';

const part = fc.record(
  { type: fc.constantFrom('text', 'image'), text: fc.string(), more: fc.jsonValue() },
  { requiredKeys: ['type'] },
);
const valid = fc.record(
  {
    type: fc.constant('message'),
    id: fc.uuid(),
    ts: fc.constant('2026-11-21T06:47:00.123Z'),
    agent: fc.constant('coder'),
    session: fc.constant('s-1'),
    role: fc.constantFrom(...messageRoles, 'developer'),
    content: fc.oneof(fc.string(), fc.array(part, { maxLength: 4 })),
    kind: fc.option(fc.constantFrom(...messageKinds)),
    toolName: fc.option(fc.constant('Bash')),
    toolCallId: fc.option(fc.uuid()),
    tokens: fc.option(fc.nat()),
    bytes: fc.option(fc.nat()),
    partial: fc.option(fc.boolean()),
  },
  { requiredKeys: ['type', 'id', 'ts', 'agent', 'session', 'role', 'content'] },
);

test('the quick check and the schema accept and refuse exactly the same messages', () => {
  const mutated = mutate(valid, Object.keys(messageInput.shape));
  fc.assert(
    fc.property(mutated, (event) => {
      expect(isMessageInput(event)).toBe(messageInput.safeParse(event).success);
    }),
    { numRuns: 3_000 },
  );
});

test('the quick check takes a plain message', () => {
  const message = {
    type: 'message',
    id: 'm',
    ts: '2026-11-21T06:47:00Z',
    agent: 'a',
    session: 's',
    role: 'user',
  };
  expect(isMessageInput({ ...message, content: 'hello' })).toBe(true);
  expect(isMessageInput({ ...message, content: [{ type: 'text', text: 'hello' }] })).toBe(true);
  expect(isMessageInput(message)).toBe(false);
});
