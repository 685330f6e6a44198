import type { Database } from '../database.ts';

const statement = `
insert into login_links (project_id, hash, expires_at)
values ($1::int, decode($2::text, 'hex'), $3::text::timestamptz) on conflict do nothing`;

/** Registers a one-time link. One that is known already, used or not, stays as it is. */
export async function insertLoginLink(
  db: Database,
  link: { readonly projectId: number; readonly hash: string; readonly expiresAt: Date },
): Promise<void> {
  await db.run(statement, [link.projectId, link.hash, link.expiresAt.toISOString()]);
}
