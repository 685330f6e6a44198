import 'server-only';
import type { Database } from '#db/database.ts';
import type { WholeMessage } from '#db/queries/find-message.ts';
import { listWholeMessages } from '#db/queries/list-whole-messages.ts';
import { formatTranscript } from '#lib/chat/format-transcript.ts';
import { fromStoredContent } from '#lib/chat/stored-content.ts';
import { getSession } from './get-session.ts';

export type ExportFormat = 'jsonl' | 'markdown';

/** Bodies held at a time. */
const bytesMax = 2 * 1_048_576;

/**
 * A session's whole messages as a stream: one JSON document a line, or Markdown. Only what the reader has room
 * for is read. What is cleared while it runs is left out from there on.
 * @throws AppError `not_found`
 */
export async function exportSession(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly format: ExportFormat;
    readonly from: number;
    readonly to: number | null;
  },
): Promise<ReadableStream<Uint8Array>> {
  const session = await getSession(db, input);
  const encoder = new TextEncoder();
  const toSeq = Math.min(input.to ?? session.lastSeq, session.lastSeq);
  let next = input.from;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (input.format === 'markdown') controller.enqueue(encoder.encode(`# ${oneLine(session.id)}\n\n`));
    },
    async pull(controller) {
      const { projectId, id } = input;
      const page = await listWholeMessages(db, { projectId, id, fromSeq: next, toSeq, bytesMax });
      const last = page[page.length - 1];
      if (last === undefined) return controller.close();
      next = last.summary.seq + 1;
      const write = input.format === 'markdown' ? toMarkdown : toJsonLine;
      controller.enqueue(encoder.encode(page.map(write).join('')));
    },
  });
}

function toMarkdown(message: WholeMessage): string {
  return formatTranscript(toTranscript(message));
}

function toJsonLine(message: WholeMessage): string {
  const { summary } = message;
  const { id, toolCallId, bytes, tokens, tokensEstimated, truncated, redactions } = summary;
  const rest = { id, toolCallId, bytes, tokens, tokensEstimated, truncated, redactions };
  return `${JSON.stringify({ ...toTranscript(message), ...rest })}\n`;
}

function toTranscript({ summary, encoding, body }: WholeMessage) {
  const { seq, role, kind, toolName, preview } = summary;
  const content = preview === null ? null : fromStoredContent({ preview, encoding, body });
  return { seq, ts: summary.ts.toISOString(), role, kind, toolName, content };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
