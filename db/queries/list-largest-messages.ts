import type { MessageKind, MessageRole } from '#lib/chat/message-event.ts';
import { messageKindCodes, nameOfCode, roleCodes } from '../codes.ts';
import type { Database } from '../database.ts';

export type LargeMessage = {
  readonly seq: number;
  readonly tsMs: number;
  readonly role: MessageRole;
  readonly kind: MessageKind;
  readonly toolName: string | null;
  readonly bytes: number;
  readonly tokens: number;
  /** The same for the same content. */
  readonly contentHash: string;
};

const statement = `
select seq::text, ts, role, kind, tool_name, bytes::text, tokens::text, content_hash::text from messages
where project_id = $1::int and session_id = $2::int8 and seq > $3::int8 and cleared_at is null
order by messages.bytes desc, messages.seq limit $4::int`;

/**
 * The largest messages of a session that can still be read, without their texts; of equal ones the oldest first.
 * Read from their index in its order: as much work for a million messages as for a thousand.
 */
export async function listLargestMessages(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sessionKey: number;
    readonly clearedThroughSeq: number;
    readonly limit: number;
  },
): Promise<readonly LargeMessage[]> {
  const { projectId, sessionKey, clearedThroughSeq, limit } = input;
  const rows = await db.run(statement, [projectId, sessionKey, clearedThroughSeq, limit]);
  return rows.map((row) => ({
    seq: Number(row['seq']),
    tsMs: new Date(String(row['ts'])).getTime(),
    role: nameOfCode(roleCodes, Number(row['role'])),
    kind: nameOfCode(messageKindCodes, Number(row['kind'])),
    toolName: typeof row['tool_name'] === 'string' ? row['tool_name'] : null,
    bytes: Number(row['bytes']),
    tokens: Number(row['tokens']),
    contentHash: String(row['content_hash']),
  }));
}
