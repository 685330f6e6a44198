import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';

export type Restoring = {
  readonly epoch: number;
  readonly clearedThroughSeq: number;
  readonly messages: number;
  readonly bytes: number;
};

/**
 * The session is locked before the receipt, so that of two undos one finds nothing. A receipt whose purge has
 * begun is out of reach: purge-cleared.ts marks it under the same row lock.
 */
const statement = `
with locked as materialized (
  select id, cleared_through_seq from sessions
  where project_id = $1::int and external_id = $2::text for update
), last as materialized (
  select c.id, c.session_id, c.from_seq, c.messages, c.bytes
  from clears c join locked l on c.session_id = l.id and c.through_seq = l.cleared_through_seq
  where c.project_id = $1::int and c.restored_at is null and c.purged_through is null and c.undo_until > now()
  for update of c
), undone as (
  update clears c set restored_at = now() from last l
  where c.project_id = $1::int and c.id = l.id
  returning c.id
), shown as (
  update sessions s set epoch = s.epoch + 1, cleared_through_seq = l.from_seq,
    messages = s.messages + l.messages, bytes = s.bytes + l.bytes
  from last l where s.project_id = $1::int and s.id = l.session_id and exists (select 1 from undone)
  returning s.epoch, s.cleared_through_seq, l.messages, l.bytes
), ${auditClause({ from: 'undone', firstParam: 3 })}
select epoch, cleared_through_seq::text, messages::text, bytes::text from shown`;

/** Takes the last clearing of a session back while its time lasts; null where there is none to take back. */
export async function restoreSession(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
  note: AuditNote,
): Promise<Restoring | null> {
  const [row] = await db.run(statement, [input.projectId, input.id, ...auditParams(note)]);
  if (!row) return null;
  return {
    epoch: Number(row['epoch']),
    clearedThroughSeq: Number(row['cleared_through_seq']),
    messages: Number(row['messages']),
    bytes: Number(row['bytes']),
  };
}
