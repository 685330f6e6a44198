import type { Database } from '../database.ts';
import { type MessageSummary, messageColumns, toMessageSummary } from './list-messages.ts';

export type WholeMessage = {
  readonly summary: MessageSummary;
  readonly encoding: number;
  readonly body: string | null;
};

const statement = `
select ${messageColumns}, m.body is not null as has_body, m.body
from messages m
where m.project_id = $1::int and m.session_id = $2::int8 and m.seq = $3::int8 and m.seq > $4::int8`;

/** One message with its body; null where there is none or it was cleared. */
export async function findMessage(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sessionKey: number;
    readonly seq: number;
    readonly clearedThroughSeq: number;
  },
): Promise<WholeMessage | null> {
  const [row] = await db.run(statement, [
    input.projectId,
    input.sessionKey,
    input.seq,
    input.clearedThroughSeq,
  ]);
  if (!row) return null;
  const body = typeof row['body'] === 'string' ? row['body'] : null;
  return { summary: toMessageSummary(row), encoding: Number(row['encoding']), body };
}
