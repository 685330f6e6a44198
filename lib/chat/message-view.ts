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

export type WholeMessageView = MessageView & { readonly content: Content | null };

export type MessagePage = {
  readonly messages: readonly MessageView[];
  /** Where the next page starts; null at the end. */
  readonly nextFrom: number | null;
  readonly lastSeq: number;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
};
