import type { Database } from '../database.ts';

const statement = `
update login_sessions set last_seen_at = $3::text::timestamptz
where project_id = $1::int and hash = decode($2::text, 'hex')
  and last_seen_at < $3::text::timestamptz - interval '50 seconds'`;

/** Moves the idle limit on. */
export async function touchLoginSession(
  db: Database,
  input: { readonly projectId: number; readonly hash: string; readonly now: Date },
): Promise<void> {
  await db.run(statement, [input.projectId, input.hash, input.now.toISOString()]);
}
