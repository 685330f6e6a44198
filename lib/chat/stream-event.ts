import type { PageMessage } from './message-view.ts';

/** What a session's stream says at first, and whenever its line moved or more came than it tells. */
export type StreamState = {
  readonly epoch: number;
  readonly lastSeq: number;
  readonly clearedThroughSeq: number;
};

export type StreamedMessages = StreamState & { readonly messages: readonly PageMessage[] };
