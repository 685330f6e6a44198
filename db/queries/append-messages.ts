import type { MessageKind, MessageRole } from '#lib/chat/message-event.ts';
import { numbersLiteral, plainLiteral, sparseTextsLiteral, textsLiteral } from '../array-literal.ts';
import { messageKindCodes, roleCodes } from '../codes.ts';
import type { Database, Param } from '../database.ts';
import { isDuplicate } from '../database-error.ts';

export type MessageRow = {
  readonly sessionId: number;
  readonly key: string;
  readonly externalId: string | null;
  readonly ts: string;
  readonly role: MessageRole;
  readonly kind: MessageKind;
  readonly toolName: string | null;
  readonly toolCallId: string | null;
  readonly bytes: number;
  readonly tokens: number;
  readonly tokensEstimated: boolean;
  readonly redactions: number;
  readonly encoding: number;
  readonly truncated: boolean;
  readonly contentHash: string;
  readonly preview: string;
  readonly body: string | null;
};

const columns = [
  ['session_id', 'int8', (rows) => numbersLiteral(rows.map((row) => row.sessionId))],
  ['id', 'uuid', (rows) => plainLiteral(rows.map((row) => row.key))],
  ['ts', 'timestamptz', (rows) => plainLiteral(rows.map((row) => row.ts))],
  ['role', 'int2', (rows) => numbersLiteral(rows.map((row) => roleCodes[row.role]))],
  ['kind', 'int2', (rows) => numbersLiteral(rows.map((row) => messageKindCodes[row.kind]))],
  ['bytes', 'int8', (rows) => numbersLiteral(rows.map((row) => row.bytes))],
  ['tokens', 'int8', (rows) => numbersLiteral(rows.map((row) => row.tokens))],
  ['tokens_estimated', 'bool', (rows) => plainLiteral(rows.map((row) => String(row.tokensEstimated)))],
  ['redactions', 'int4', (rows) => numbersLiteral(rows.map((row) => row.redactions))],
  ['encoding', 'int2', (rows) => numbersLiteral(rows.map((row) => row.encoding))],
  ['truncated', 'bool', (rows) => plainLiteral(rows.map((row) => String(row.truncated)))],
  ['content_hash', 'uuid', (rows) => plainLiteral(rows.map((row) => row.contentHash))],
  ['external_id', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.externalId))],
  ['tool_name', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.toolName))],
  ['tool_call_id', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.toolCallId))],
  ['preview', 'text', (rows) => textsLiteral(rows.map((row) => row.preview))],
  ['body', 'text', (rows) => sparseTextsLiteral(rows.map((row) => row.body))],
] as const satisfies readonly (readonly [string, string, (rows: readonly MessageRow[]) => string])[];

const names = columns.map(([name]) => name).join(', ');

/**
 * The session row is locked first, in id order, and hands out the dense seq. A writer that stored the same
 * id between this statement's snapshot and the lock shows as a unique violation: nothing is kept, and the
 * statement is run again with a new snapshot. A draft ends with its message, or with a later one; drafts are locked
 * in the order in which put-drafts.ts writes them.
 */
const statement = `
with input as (
  select * from unnest(${columns.map(([, type], index) => `$${index + 2}::text::${type}[]`).join(', ')})
    with ordinality t (${names}, ord)
), locked as materialized (
  select id, last_seq from sessions where project_id = $1::int and id in (select session_id from input)
  order by id for update
), fresh as materialized (
  select i.*, l.last_seq + row_number() over (partition by i.session_id order by i.ord) as seq
  from input i join locked l on l.id = i.session_id
  where not exists (select 1 from messages m
    where m.project_id = $1::int and m.session_id = i.session_id and m.id = i.id)
), stored as (
  insert into messages (project_id, seq, ${names})
  select $1::int, seq, ${names} from fresh order by session_id, seq
  returning session_id, id, seq, ts, bytes, tokens, kind
), totals as (
  select session_id, count(*) as messages, max(seq) as last_seq, sum(bytes) as bytes, sum(tokens) as tokens,
    max(bytes) as largest, count(*) filter (where kind = 4) as compactions, min(ts) as first_ts, max(ts) as last_ts
  from stored group by 1
), totalled as (
  update sessions s set messages = s.messages + t.messages, last_seq = t.last_seq, bytes = s.bytes + t.bytes,
    message_tokens = s.message_tokens + t.tokens, compactions = s.compactions + t.compactions,
    largest_message_bytes = greatest(s.largest_message_bytes, t.largest),
    first_activity = least(s.first_activity, t.first_ts), last_activity = greatest(s.last_activity, t.last_ts)
  from totals t where s.project_id = $1::int and s.id = t.session_id
), drafts as materialized (
  select session_id, id, ts from message_drafts
  where project_id = $1::int and session_id in (select session_id from totals) and text is not null
  order by session_id for update
), ended as (
  update message_drafts d set text = null from drafts o
  where d.project_id = $1::int and d.session_id = o.session_id
    and exists (select 1 from stored m where m.session_id = o.session_id and (m.id = o.id or m.ts >= o.ts))
)
select session_id::text, id::text, seq::text from stored`;

const triesMax = 5;

/**
 * Appends messages to their sessions in the given order; ids that a session already has (also cleared ones)
 * are left out.
 * @returns the messages that were new.
 */
export async function appendMessages(
  db: Database,
  input: { readonly projectId: number; readonly rows: readonly MessageRow[] },
): Promise<readonly { readonly sessionId: number; readonly key: string; readonly seq: number }[]> {
  const params: Param[] = [input.projectId];
  for (const [, , write] of columns) params.push(write(input.rows));
  for (let attempt = 1; ; attempt++) {
    try {
      const rows = await db.run<{ session_id: string; id: string; seq: string }>(statement, params);
      return rows.map((row) => ({
        sessionId: Number(row.session_id),
        key: row.id,
        seq: Number(row.seq),
      }));
    } catch (error) {
      if (attempt >= triesMax || !isDuplicate(error)) throw error;
    }
  }
}
