import type { MessageEvent } from './message-event.ts';

/** All the text so far of a message that is being written; the message itself will come with the same id. */
export type DraftEvent = Omit<MessageEvent, 'type' | 'toolCallId' | 'tokens' | 'bytes'> & {
  readonly type: 'draft';
};
