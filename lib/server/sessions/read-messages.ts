import 'server-only';
import type { Database } from '#db/database.ts';
import { findMessage } from '#db/queries/find-message.ts';
import { listMessagePage } from '#db/queries/list-message-page.ts';
import type { MessagePage, WholeMessageView } from '#lib/chat/message-view.ts';
import { fromStoredContent } from '#lib/chat/stored-content.ts';
import { AppError } from '#lib/errors.ts';
import { addCalls } from './add-calls.ts';
import { getSession } from './get-session.ts';
import { toMessageView } from './to-message-view.ts';
import { unknownSession } from './unknown-session.ts';

/**
 * Messages of a session by their dense number, without bodies and without what was cleared; at the end with the one
 * that is being written.
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
    /** Where more than so many follow `from`, the last ones are read instead. */
    readonly gapMax?: number | undefined;
  },
): Promise<MessagePage> {
  const page = await listMessagePage(db, { ...input, fromSeq: input.from });
  if (page === null) throw unknownSession(input.id);
  const { sessionKey, lastSeq, epoch, clearedThroughSeq } = page;
  const last = page.messages[page.messages.length - 1];
  const messages = page.messages.map(toMessageView);
  return {
    messages: await addCalls(db, { projectId: input.projectId, sessionKey, messages }),
    previousTs: page.previousTs?.toISOString() ?? null,
    nextFrom: last && last.seq < lastSeq ? last.seq + 1 : null,
    lastSeq,
    epoch,
    clearedThroughSeq,
    draft: page.draft === null ? null : { ...page.draft, ts: page.draft.ts.toISOString() },
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
