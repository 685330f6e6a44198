import type { MessageKind, MessageRole } from '#lib/chat/message-event.ts';
import { messageKindCodes, nameOfCode, roleCodes } from '../codes.ts';
import type { Database } from '../database.ts';

export type MessageHit = {
  readonly seq: number;
  readonly role: MessageRole;
  readonly kind: MessageKind;
  readonly toolName: string | null;
  readonly snippet: string;
};

/** A body written as JSON holds the text escaped; `$5` is the same words in that form. */
const statement = `
with hits as materialized (
  select m.seq, m.role, m.kind, m.tool_name, m.preview, m.body, m.encoding
  from messages m
  where m.project_id = $1::int and m.session_id = $2::int8 and m.seq >= $3::int8 and m.seq < $6::int8
    and m.cleared_at is null
    and (m.preview ilike $4::text or m.tool_name ilike $4::text
      or (m.body is not null and m.body ilike case when m.encoding = 0 then $4::text else $5::text end))
  order by m.seq desc limit $7::int
)
select t.seq::text, role, kind, tool_name,
  substr(source, greatest(1, position(lower($8::text) in lower(source)) - 60), 200) as snippet
from (
  select *, case when preview ilike $4::text or body is null then coalesce(preview, '') else body end as source from hits
) t order by t.seq desc`;

/** Messages of one stretch of a session that hold the words, in any case, the latest first. */
export async function searchMessages(
  db: Database,
  input: {
    readonly projectId: number;
    readonly sessionKey: number;
    readonly words: string;
    readonly fromSeq: number;
    readonly beforeSeq: number;
    readonly limit: number;
  },
): Promise<readonly MessageHit[]> {
  const rows = await db.run(
    statement,
    [
      input.projectId,
      input.sessionKey,
      input.fromSeq,
      toPattern(input.words),
      toPattern(JSON.stringify(input.words).slice(1, -1)),
      input.beforeSeq,
      input.limit,
      input.words,
    ],
    { deadlineMs: 20_000 },
  );
  return rows.map((row) => ({
    seq: Number(row['seq']),
    role: nameOfCode(roleCodes, Number(row['role'])),
    kind: nameOfCode(messageKindCodes, Number(row['kind'])),
    toolName: typeof row['tool_name'] === 'string' ? row['tool_name'] : null,
    snippet: String(row['snippet'] ?? ''),
  }));
}

function toPattern(words: string): string {
  return `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
