import type { MessageKind, MessageRole } from '#lib/chat/message-event.ts';
import { messageKindCodes, nameOfCode, roleCodes } from '../codes.ts';
import type { Database, Row } from '../database.ts';

export type MessageSummary = {
  readonly seq: number;
  /** As the client sent it. */
  readonly id: string;
  readonly ts: Date;
  readonly role: MessageRole;
  readonly kind: MessageKind;
  readonly toolName: string | null;
  readonly toolCallId: string | null;
  readonly bytes: number;
  readonly tokens: number;
  readonly tokensEstimated: boolean;
  readonly preview: string | null;
  /** True when there is more than the preview. */
  readonly hasBody: boolean;
  readonly truncated: boolean;
  readonly redactions: number;
  readonly cleared: boolean;
};

export const messageColumns = `m.seq::text, coalesce(m.external_id, m.id::text) as id, m.ts, m.role, m.kind, m.tool_name,
  m.tool_call_id, m.bytes::text, m.tokens::text, m.tokens_estimated, m.preview, m.encoding, m.truncated, m.redactions,
  m.cleared_at is not null as cleared`;

/** `body is not null` reads no body: the null bitmap of the row tells. */
const statement = `
select ${messageColumns}, m.body is not null as has_body
from messages m
where m.project_id = $1::int and m.session_id = $2::int8 and m.seq >= $3::int8 and m.seq > $4::int8
order by m.seq limit $5::int`;

/** One page of a session's messages from a seq on, without those that were cleared. */
export async function listMessages(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sessionKey: number;
    readonly fromSeq: number;
    readonly clearedThroughSeq: number;
    readonly limit: number;
  },
): Promise<readonly MessageSummary[]> {
  const rows = await db.run(statement, [
    input.projectId,
    input.sessionKey,
    input.fromSeq,
    input.clearedThroughSeq,
    input.limit,
  ]);
  return rows.map(toMessageSummary);
}

export function toMessageSummary(row: Row): MessageSummary {
  const text = (name: string) => (typeof row[name] === 'string' ? String(row[name]) : null);
  return {
    seq: Number(row['seq']),
    id: String(row['id']),
    ts: new Date(String(row['ts'])),
    role: nameOfCode(roleCodes, Number(row['role'])),
    kind: nameOfCode(messageKindCodes, Number(row['kind'])),
    toolName: text('tool_name'),
    toolCallId: text('tool_call_id'),
    bytes: Number(row['bytes']),
    tokens: Number(row['tokens']),
    tokensEstimated: row['tokens_estimated'] === true,
    preview: text('preview'),
    hasBody: row['has_body'] === true,
    truncated: row['truncated'] === true,
    redactions: Number(row['redactions']),
    cleared: row['cleared'] === true,
  };
}
