import type { Database } from '../database.ts';

const statement = `
update api_keys set last_used_at = $3::text::timestamptz
where project_id = $1::int and id = $2::text::uuid
  and (last_used_at is null or last_used_at < $3::text::timestamptz - interval '50 seconds')`;

/** Notes that a key was used; replicas that saw it in the same minute write once. */
export async function touchApiKey(
  db: Database,
  input: { readonly projectId: number; readonly keyId: string; readonly now: Date },
): Promise<void> {
  await db.run(statement, [input.projectId, input.keyId, input.now.toISOString()]);
}
