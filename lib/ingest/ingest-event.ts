import { z } from 'zod';
import type { DraftEvent } from '#lib/chat/draft-event.ts';
import { type MessageEvent, messageInput } from '#lib/chat/message-event.ts';
import { type HeartbeatEvent, heartbeatInput } from '#lib/operations/heartbeat-event.ts';
import { type OperationEvent, operationInput } from '#lib/operations/operation-event.ts';
import { type UsageEvent, usageInput } from '#lib/usage/usage-event.ts';

/** What can be sent, by `type`. */
export const eventInputs = {
  usage: usageInput,
  message: messageInput,
  operation: operationInput,
  heartbeat: heartbeatInput,
} as const;

export type EventType = keyof typeof eventInputs;
export const eventTypes = [
  'usage',
  'message',
  'operation',
  'heartbeat',
] as const satisfies readonly EventType[];

/** For types and the OpenAPI document; items are judged by the schema of their own type. */
export const ingestInput = z.discriminatedUnion('type', [
  usageInput,
  messageInput,
  operationInput,
  heartbeatInput,
]);

/** A message with `partial` is a draft. */
export type IngestEvent = UsageEvent | MessageEvent | DraftEvent | OperationEvent | HeartbeatEvent;
