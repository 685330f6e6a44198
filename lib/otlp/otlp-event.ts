import type { MessageInput } from '#lib/chat/message-event.ts';
import type { OperationInput } from '#lib/operations/operation-event.ts';
import type { UsageInput } from '#lib/usage/usage-event.ts';

/** An event that a record gave, as the ingest API takes it, with the record's place in the export. */
export type OtlpEvent = {
  readonly index: number;
  readonly input: UsageInput | MessageInput | OperationInput;
};
