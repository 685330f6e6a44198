import type { Database } from '../database.ts';

/**
 * A tombstone keeps id, seq, sizes and hash: the message's text is gone and a retry cannot bring it back.
 * The session's size totals follow, its spend does not. What a clearing hid is left to its purge, which has
 * already taken it out of the totals.
 */
const statement = `
with due as materialized (
  select m.session_id, m.seq, m.bytes
  from messages m join sessions s on s.project_id = $1::int and s.id = m.session_id
  where m.project_id = $1::int and m.cleared_at is null and m.ts < $2::text::timestamptz
    and m.seq > s.cleared_through_seq
  order by m.ts limit $3::int
), locked as materialized (
  select id, cleared_through_seq from sessions
  where project_id = $1::int and id in (select session_id from due) order by id for update
), emptied as (
  update messages m set cleared_at = now(), preview = null, body = null, tool_name = null, tool_call_id = null
  from due join locked on locked.id = due.session_id
  where m.project_id = $1::int and m.session_id = due.session_id and m.seq = due.seq and m.cleared_at is null
    and m.seq > locked.cleared_through_seq
  returning m.session_id, m.bytes
), totals as (
  select session_id, count(*) as messages, sum(bytes) as bytes from emptied group by 1
), reduced as (
  update sessions s set messages = greatest(s.messages - t.messages, 0), bytes = greatest(s.bytes - t.bytes, 0)
  from totals t where s.project_id = $1::int and s.id = t.session_id
)
select count(*)::int as expired from emptied`;

/** Empties at most `limit` messages older than `before`. @returns how many; call again until 0. */
export async function expireMessages(
  db: Database,
  input: { readonly projectId: number; readonly before: Date; readonly limit: number },
): Promise<number> {
  const [row] = await db.run<{ expired: number }>(
    statement,
    [input.projectId, input.before.toISOString(), input.limit],
    { deadlineMs: 30_000 },
  );
  return row?.expired ?? 0;
}
