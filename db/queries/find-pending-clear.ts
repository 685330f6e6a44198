import type { Database } from '../database.ts';

const statement = `
select c.id::text, c.undo_until from sessions s
join clears c on c.project_id = $1::int and c.session_id = s.id and c.through_seq = s.cleared_through_seq
where s.project_id = $1::int and s.external_id = $2::text
  and c.restored_at is null and c.purged_through is null and c.undo_until > now()
limit 1`;

/** The clearing of a session that can still be taken back. */
export async function findPendingClear(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
): Promise<{ readonly id: string; readonly undoUntil: Date } | null> {
  const [row] = await db.run(statement, [input.projectId, input.id]);
  return row ? { id: String(row['id']), undoUntil: new Date(String(row['undo_until'])) } : null;
}
