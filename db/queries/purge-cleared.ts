import type { Database } from '../database.ts';

/** The time to undo is over: from here on a restore finds nothing. */
const begin = `
update clears set purged_through = from_seq
where project_id = $1::int and purged_through is null and restored_at is null and undo_until <= now()`;

/** Seqs are dense, so that a range of them is a bounded number of rows. Tombstones stay. */
const step = `
with c as materialized (
  select id, session_id, through_seq, purged_through, least(purged_through + $2::int8, through_seq) as upto
  from clears where project_id = $1::int and restored_at is null and purged_at is null and purged_through is not null
  order by undo_until limit 1 for update skip locked
), emptied as (
  update messages m set cleared_at = now(), preview = null, body = null, tool_name = null, tool_call_id = null
  from c where m.project_id = $1::int and m.session_id = c.session_id
    and m.seq > c.purged_through and m.seq <= c.upto and m.cleared_at is null
  returning 1
), moved as (
  update clears s set purged_through = c.upto, purged_at = case when c.upto = c.through_seq then now() end
  from c where s.project_id = $1::int and s.id = c.id
)
select (select count(*) from emptied)::int as emptied from c`;

/** Marks what can no longer be restored; `purgeStep` then empties it. */
export async function beginPurges(db: Database, projectId: number): Promise<void> {
  await db.run(begin, [projectId]);
}

/** Empties the texts of at most `limit` hidden messages. @returns how many; null when nothing is left to purge. */
export async function purgeStep(
  db: Database,
  input: { readonly projectId: number; readonly limit: number },
): Promise<number | null> {
  const [row] = await db.run<{ emptied: number }>(step, [input.projectId, input.limit], {
    deadlineMs: 30_000,
  });
  return row?.emptied ?? null;
}
