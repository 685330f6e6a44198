import type { MessagePage } from '#lib/chat/message-view.ts';

/** Reads some of a session's messages. */
export type ReadPage = (input: {
  readonly from: number;
  readonly limit: number;
  /** Where more than so many follow `from`, the last ones are wanted instead. */
  readonly gapMax?: number;
  readonly signal: AbortSignal;
}) => Promise<MessagePage>;
