import type { MessageKind, MessageRole } from '#lib/chat/message-event.ts';
import { messageKindCodes, nameOfCode, roleCodes } from '../codes.ts';
import type { Database } from '../database.ts';

export type Culprit = {
  readonly seq: number;
  readonly role: MessageRole;
  readonly kind: MessageKind;
  readonly toolName: string | null;
  readonly bytes: number;
  readonly tokens: number;
  /** Calls of the session after this message and before the next compaction: each sent it again. */
  readonly rereads: number;
};

const statement = `
with largest as (
  select seq, ts, role, kind, tool_name, bytes, tokens from messages
  where project_id = $1::int and session_id = $2::int8 and seq > $3::int8 and cleared_at is null
  order by bytes desc limit $4::int
)
select l.seq::text, l.role, l.kind, l.tool_name, l.bytes::text, l.tokens::text, (
  select count(*) from usage_events e
  where e.project_id = $1::int and e.session_id = $2::int8 and e.ts > l.ts and e.ts <= coalesce((
    select min(c.ts) from messages c
    where c.project_id = $1::int and c.session_id = $2::int8 and c.seq > l.seq and c.kind = 4), 'infinity')
)::text as rereads
from largest l order by l.bytes desc, l.seq`;

/** The largest messages of a session that can still be read, and how often they were sent again. */
export async function listCulprits(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sessionKey: number;
    readonly clearedThroughSeq: number;
    readonly limit: number;
  },
): Promise<readonly Culprit[]> {
  const rows = await db.run(statement, [
    input.projectId,
    input.sessionKey,
    input.clearedThroughSeq,
    input.limit,
  ]);
  return rows.map((row) => ({
    seq: Number(row['seq']),
    role: nameOfCode(roleCodes, Number(row['role'])),
    kind: nameOfCode(messageKindCodes, Number(row['kind'])),
    toolName: typeof row['tool_name'] === 'string' ? row['tool_name'] : null,
    bytes: Number(row['bytes']),
    tokens: Number(row['tokens']),
    rereads: Number(row['rereads']),
  }));
}
