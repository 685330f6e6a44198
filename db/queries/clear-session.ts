import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';
import type { ClearMeasure } from './measure-clear.ts';

export type Clearing = {
  readonly id: string;
  readonly epoch: number;
  readonly clearedThroughSeq: number;
  readonly messages: number;
  readonly bytes: number;
  readonly clearedAt: Date;
  readonly undoUntil: Date;
};

/**
 * No message row is touched: the session's line moves, and what is behind it is not read any more. A partial
 * scope was counted before the lock. `messages - last_seq` is the same as then unless something other than an
 * append changed the counts; if so nothing is done and it has to be counted again. A draft is of its epoch: it is
 * gone as well, and its row remembers it. All that is set is of the locked row, `last_seq` too: Postgres first makes
 * the new row of the one that the snapshot has, and refuses it by its checks before it looks for the latest.
 */
const statement = `
with locked as materialized (
  select id, last_seq, cleared_through_seq, epoch, messages, bytes from sessions
  where project_id = $1::int and id = $2::int8 for update
), due as materialized (
  select id, last_seq, epoch, messages, bytes, cleared_through_seq as from_seq,
    case when $3::int8 is null then last_seq else $3::int8 end as through_seq,
    case when $3::int8 is null then messages else least($4::int8, messages) end as gone,
    case when $3::int8 is null then bytes else least($5::int8, bytes) end as gone_bytes
  from locked
  where $3::int8 is null or (messages - last_seq = $6::int8 and cleared_through_seq = $7::int8)
), hidden as (
  update sessions s set epoch = d.epoch + 1, last_seq = d.last_seq, cleared_through_seq = d.through_seq,
    messages = d.messages - d.gone, bytes = d.bytes - d.gone_bytes
  from due d where s.project_id = $1::int and s.id = d.id and d.through_seq > d.from_seq
  returning s.epoch
), undrafted as (
  update message_drafts d set text = null from due
  where d.project_id = $1::int and d.session_id = due.id and d.text is not null and exists (select 1 from hidden)
), kept as (
  insert into clears (project_id, id, session_id, from_seq, through_seq, messages, bytes, undo_until)
  select $1::int, $8::text::uuid, d.id, d.from_seq, d.through_seq, d.gone, d.gone_bytes,
    now() + make_interval(secs => $9::int)
  from due d where d.through_seq > d.from_seq and exists (select 1 from hidden)
  returning id::text, through_seq::text, messages::text, bytes::text, cleared_at, undo_until
), ${auditClause({ from: 'kept', firstParam: 10 })}
select kept.*, hidden.epoch from kept, hidden`;

/**
 * Hides a session's messages up to a line, at once and for every reader. Short: one session row is locked for
 * the time of this statement.
 * @returns null when the counts were out of date, or there is nothing left to hide: measure again.
 */
export async function clearSession(
  db: Database,
  input: {
    readonly projectId: number;
    readonly id: string;
    readonly isAll: boolean;
    readonly measure: ClearMeasure;
    readonly undoSeconds: number;
  },
  note: AuditNote,
): Promise<Clearing | null> {
  const { measure } = input;
  const [row] = await db.run(statement, [
    input.projectId,
    measure.sessionKey,
    input.isAll ? null : measure.throughSeq,
    measure.messages,
    measure.bytes,
    measure.guard,
    measure.clearedThroughSeq,
    input.id,
    input.undoSeconds,
    ...auditParams(note),
  ]);
  if (!row) return null;
  return {
    id: String(row['id']),
    epoch: Number(row['epoch']),
    clearedThroughSeq: Number(row['through_seq']),
    messages: Number(row['messages']),
    bytes: Number(row['bytes']),
    clearedAt: new Date(String(row['cleared_at'])),
    undoUntil: new Date(String(row['undo_until'])),
  };
}
