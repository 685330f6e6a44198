import { messageInput } from '#lib/chat/message-event.ts';
import { heartbeatInput } from '#lib/operations/heartbeat-event.ts';
import { operationInput } from '#lib/operations/operation-event.ts';
import { usageInput } from '#lib/usage/usage-event.ts';
import type { DecodedItem } from './decode-batch.ts';
import { isPlainObject } from './event-fields.ts';
import { isName } from './event-text.ts';
import { explainRefusal } from './explain-refusal.ts';
import { type EventType, eventTypes, type IngestEvent } from './ingest-event.ts';
import { isMessageInput } from './is-message-input.ts';
import { isOperationInput } from './is-operation-input.ts';
import { isUsageInput } from './is-usage-input.ts';
import { showValue } from './item-error.ts';
import {
  type Decoded,
  type ToEventContext,
  toHeartbeatEvent,
  toMessageEvent,
  toOperationEvent,
  toUsageEvent,
} from './to-event.ts';

/** One item of a batch: an event, or why it is none. */
export function decodeItem(value: unknown, context: ToEventContext): DecodedItem {
  const { index } = context;
  if (isUsageInput(value)) return finish(value.id, toUsageEvent(value, context), index);
  if (isMessageInput(value)) return finish(value.id, toMessageEvent(value, context), index);
  if (isOperationInput(value)) return finish(value.id, toOperationEvent(value, context), index);
  if (!isPlainObject(value)) {
    const message = `Item ${index} must be an object, but is ${showValue(value)}.`;
    return { index, id: null, error: { code: 'wrong_type', field: null, message } };
  }
  const id = idOf(value);
  const type = eventTypes.find((name) => name === value['type']);
  if (type === undefined) {
    const isMissing = value['type'] === undefined;
    const message = `Item ${index}: \`type\` must be one of ${eventTypes.join(', ')}, but is ${showValue(value['type'])}.`;
    return {
      index,
      id,
      error: { code: isMissing ? 'missing_field' : 'unknown_type', field: 'type', message },
    };
  }
  return decodeAs(type, value, id, context);
}

function decodeAs(type: EventType, value: object, id: string | null, context: ToEventContext): DecodedItem {
  const { index } = context;
  switch (type) {
    case 'usage': {
      const parsed = usageInput.safeParse(value);
      if (parsed.success) return finish(parsed.data.id, toUsageEvent(parsed.data, context), index);
      return { index, id, error: explainRefusal({ index, type, value, issues: parsed.error.issues }) };
    }
    case 'message': {
      const parsed = messageInput.safeParse(value);
      if (parsed.success) return finish(parsed.data.id, toMessageEvent(parsed.data, context), index);
      return { index, id, error: explainRefusal({ index, type, value, issues: parsed.error.issues }) };
    }
    case 'operation': {
      const parsed = operationInput.safeParse(value);
      if (parsed.success) return finish(parsed.data.id, toOperationEvent(parsed.data, context), index);
      return { index, id, error: explainRefusal({ index, type, value, issues: parsed.error.issues }) };
    }
    case 'heartbeat': {
      const parsed = heartbeatInput.safeParse(value);
      if (parsed.success) return finish(parsed.data.id, toHeartbeatEvent(parsed.data, context), index);
      return { index, id, error: explainRefusal({ index, type, value, issues: parsed.error.issues }) };
    }
  }
}

function finish(id: string, outcome: Decoded<IngestEvent>, index: number): DecodedItem {
  return 'event' in outcome ? { index, id, event: outcome.event } : { index, id, error: outcome.error };
}

function idOf(value: Readonly<Record<string, unknown>>): string | null {
  const id = value['id'];
  return typeof id === 'string' && isName(id) ? id : null;
}
