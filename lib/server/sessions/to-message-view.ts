import 'server-only';
import type { MessageSummary } from '#db/queries/list-messages.ts';
import type { MessageView } from '#lib/chat/message-view.ts';

/** A stored message as the API shows it. */
export function toMessageView({ hasBody, ts, ...message }: MessageSummary): MessageView {
  return { ...message, ts: ts.toISOString(), previewTruncated: hasBody };
}
