import type { MessageKind, MessageRole } from '#lib/chat/message-event.ts';
import { messageKindCodes, nameOfCode, roleCodes } from '../codes.ts';
import type { Database, Row } from '../database.ts';
import { draftLife } from './draft-life.ts';
import { type MessageSummary, messageColumns, toMessageSummary } from './list-messages.ts';

export type SessionLine = {
  readonly sessionKey: number;
  readonly lastSeq: number;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
};

/** The message that is being written at the end. */
export type StoredDraft = {
  readonly id: string;
  readonly ts: Date;
  readonly role: MessageRole;
  readonly kind: MessageKind;
  readonly toolName: string | null;
  readonly text: string;
  readonly truncated: boolean;
  readonly characters: number;
  readonly redactions: number;
};

export type StoredPage = SessionLine & {
  readonly messages: readonly MessageSummary[];
  /** Time of the readable message before the first of these; null where there is none. */
  readonly previousTs: Date | null;
  /** Null where the page does not reach the end, too. */
  readonly draft: StoredDraft | null;
};

/**
 * Session line, messages and draft in one snapshot: a page never holds what its own epoch has cleared, nor a draft
 * beside its message. Lateral, so that the session is a constant there and the key's order ends the scan after one
 * page. The draft stands beside the last message, or alone where none is left to read.
 */
const statement = `
with s as materialized (
  select id, last_seq, epoch, cleared_through_seq, greatest($3::int8, cleared_through_seq + 1,
    case when last_seq - $3::int8 >= $5::int8 then last_seq + 1 - $4::int8 end) as first_seq
  from sessions where project_id = $1::int and external_id = $2::text
)
select s.id::text as session_key, s.last_seq::text, s.epoch, s.cleared_through_seq::text, p.ts as previous_ts, page.*,
  coalesce(d.external_id, d.id::text) as draft_id, d.ts as draft_ts, d.role as draft_role, d.kind as draft_kind,
  d.tool_name as draft_tool_name, d.text as draft_text, d.truncated as draft_truncated,
  d.characters::text as draft_characters, d.redactions as draft_redactions
from s
left join messages p on p.project_id = $1::int and p.session_id = s.id
  and p.seq = s.first_seq - 1 and p.seq > s.cleared_through_seq
left join lateral (
  select ${messageColumns}, m.body is not null as has_body, m.seq as place
  from messages m where m.project_id = $1::int and m.session_id = s.id
    and m.seq >= s.first_seq
  order by m.seq limit $4::int
) page on true
left join message_drafts d on d.project_id = $1::int and d.session_id = s.id
  and (page.place is null or page.place = s.last_seq) and d.epoch = s.epoch and d.text is not null
  and d.updated_at > now() - interval '${draftLife}'
  and not exists (select 1 from messages m where m.project_id = $1::int and m.session_id = s.id and m.id = d.id)
order by page.place`;

/**
 * One page of a session by the id that its client gave it; null where there is no such session. Where more than
 * `gapMax` messages follow the asked one, the page is the last one.
 */
export async function listMessagePage(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly fromSeq: number;
    readonly limit: number;
    readonly gapMax?: number | undefined;
  },
): Promise<StoredPage | null> {
  const { projectId, id, fromSeq, limit, gapMax = null } = input;
  const rows = await db.run(statement, [projectId, id, fromSeq, limit, gapMax]);
  const [first] = rows;
  if (!first) return null;
  return {
    sessionKey: Number(first['session_key']),
    lastSeq: Number(first['last_seq']),
    epoch: Number(first['epoch']),
    clearedThroughSeq: Number(first['cleared_through_seq']),
    previousTs: first['previous_ts'] === null ? null : new Date(String(first['previous_ts'])),
    messages: rows.filter((row) => row['seq'] !== null).map(toMessageSummary),
    draft: toStoredDraft(rows[rows.length - 1]),
  };
}

function toStoredDraft(row: Row | undefined): StoredDraft | null {
  if (row === undefined || row['draft_id'] === null) return null;
  return {
    id: String(row['draft_id']),
    ts: new Date(String(row['draft_ts'])),
    role: nameOfCode(roleCodes, Number(row['draft_role'])),
    kind: nameOfCode(messageKindCodes, Number(row['draft_kind'])),
    toolName: row['draft_tool_name'] === null ? null : String(row['draft_tool_name']),
    text: String(row['draft_text']),
    truncated: row['draft_truncated'] === true,
    characters: Number(row['draft_characters']),
    redactions: Number(row['draft_redactions']),
  };
}
