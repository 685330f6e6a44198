import { messageKindCodes } from '../codes.ts';
import type { Database } from '../database.ts';

const statement = `
select m.tool_call_id as id from sessions s
join messages m on m.project_id = $1::int and m.session_id = s.id
where s.project_id = $1::int and s.external_id = $2::text and m.seq > s.cleared_through_seq
  and m.seq < s.cleared_through_seq + 1 + $3::int8 and m.kind = ${messageKindCodes.tool_result} and m.tool_call_id is not null`;

/** Ids of the tool calls that have a result among the first `messagesMax` messages that are not cleared. */
export async function listAnsweredCalls(
  db: Database,
  input: { readonly projectId: number; readonly id: string; readonly messagesMax: number },
): Promise<ReadonlySet<string>> {
  const rows = await db.run<{ id: string }>(statement, [input.projectId, input.id, input.messagesMax]);
  return new Set(rows.map(({ id }) => id));
}
