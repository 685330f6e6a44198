import type { DraftView } from './draft-view.ts';
import type { Content } from './stored-content.ts';

/** A message as a list shows it. */
export type MessageView = {
  readonly seq: number;
  readonly id: string;
  readonly ts: string;
  readonly role: string;
  readonly kind: string;
  readonly toolName: string | null;
  readonly toolCallId: string | null;
  /** True size as it was sent, also where the stored text was cut. */
  readonly bytes: number;
  readonly tokens: number;
  readonly tokensEstimated: boolean;
  /** At most 2,000 characters; null once cleared. */
  readonly preview: string | null;
  readonly previewTruncated: boolean;
  /** True when the stored text was cut to 1 MiB. */
  readonly truncated: boolean;
  /** Secrets that were taken out. */
  readonly redactions: number;
  readonly cleared: boolean;
};

/** The model calls that a message of the assistant came from; most often one. */
export type MessageCall = {
  readonly calls: number;
  readonly contextTokens: number;
  readonly outputTokens: number;
  /** Null where no price is known. */
  readonly costUsd: string | null;
  readonly model: string;
  readonly isError: boolean;
};

export type PageMessage = MessageView & { readonly call: MessageCall | null };

export type WholeMessageView = MessageView & { readonly content: Content | null };

export type MessagePage = {
  readonly messages: readonly PageMessage[];
  /** Time of the message before the first of these; null where there is none. */
  readonly previousTs: string | null;
  /** Where the next page starts; null at the end. */
  readonly nextFrom: number | null;
  readonly lastSeq: number;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
  /** The message that is being written; null where there is none, or the page ends before the end. */
  readonly draft: DraftView | null;
};
