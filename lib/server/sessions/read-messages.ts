import 'server-only';
import type { Database } from '#db/database.ts';
import { findMessage } from '#db/queries/find-message.ts';
import { listMessages, type MessageSummary } from '#db/queries/list-messages.ts';
import type { MessagePage, MessageView, WholeMessageView } from '#lib/chat/message-view.ts';
import { fromStoredContent } from '#lib/chat/stored-content.ts';
import { AppError } from '#lib/errors.ts';
import { getSession } from './get-session.ts';

/**
 * Messages of a session by their dense number, without bodies and without what was cleared.
 * @throws AppError `not_found`
 */
export async function readMessages(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly from: number;
    /** 1 to 200. */
    readonly limit: number;
  },
): Promise<MessagePage> {
  const session = await getSession(db, input);
  const messages = await listMessages(db, {
    projectId: input.projectId,
    sessionKey: session.key,
    fromSeq: input.from,
    clearedThroughSeq: session.clearedThroughSeq,
    limit: input.limit,
  });
  const last = messages[messages.length - 1];
  return {
    messages: messages.map(toMessageView),
    nextFrom: last && last.seq < session.lastSeq ? last.seq + 1 : null,
    lastSeq: session.lastSeq,
    epoch: session.epoch,
    clearedThroughSeq: session.clearedThroughSeq,
  };
}

/**
 * One whole message, its content as it was sent (but for redactions, and a cut that `truncated` tells).
 * @throws AppError `not_found`
 */
export async function readMessage(
  db: Database,
  input: { readonly projectId: number; readonly id: string; readonly seq: number },
): Promise<WholeMessageView> {
  const session = await getSession(db, input);
  const found = await findMessage(db, {
    projectId: input.projectId,
    sessionKey: session.key,
    seq: input.seq,
    clearedThroughSeq: session.clearedThroughSeq,
  });
  if (found === null) throw new AppError('not_found', `There is no message ${input.seq} in this session.`);
  const { summary, body, encoding } = found;
  const content =
    summary.preview === null ? null : fromStoredContent({ preview: summary.preview, encoding, body });
  return { ...toMessageView(summary), content };
}

function toMessageView({ hasBody, ts, ...message }: MessageSummary): MessageView {
  return { ...message, ts: ts.toISOString(), previewTruncated: hasBody };
}
