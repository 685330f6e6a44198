import type { MessageInput } from '#lib/chat/message-event.ts';
import type { HeartbeatInput } from '#lib/operations/heartbeat-event.ts';
import type { OperationInput } from '#lib/operations/operation-event.ts';
import type { UsageInput } from '#lib/usage/usage-event.ts';

/** An event as an agent would send it. */
export type DemoEvent = UsageInput | MessageInput | OperationInput | HeartbeatInput;
