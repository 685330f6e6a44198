import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';

export type NewLoginSession = {
  readonly projectId: number;
  /** SHA-256 of the cookie, hex. */
  readonly hash: string;
  readonly method: 'link' | 'password' | 'admin_key';
  readonly now: Date;
  readonly expiresAt: Date;
};

const columns = 'project_id, hash, method, created_at, last_seen_at, expires_at';
const values = `$1::int, decode($2::text, 'hex'), $3::text, $4::text::timestamptz, $4::text::timestamptz, $5::text::timestamptz`;
const note = auditClause({ from: 'opened', firstParam: 6 });

const statement = `
with opened as (insert into login_sessions (${columns}) values (${values}) returning 1), ${note}
select 1 as opened from opened`;

/** Signs a browser in whose right was checked before. */
export async function openLoginSession(
  db: Database,
  session: NewLoginSession,
  auditNote: AuditNote,
): Promise<void> {
  await db.run(statement, [...paramsOf(session), ...auditParams(auditNote)]);
}

const byLinkStatement = `
with used as (
  update login_links set used_at = $4::text::timestamptz
  where project_id = $1::int and hash = decode($10::text, 'hex')
    and used_at is null and expires_at > $4::text::timestamptz
  returning 1
), opened as (
  insert into login_sessions (${columns}) select ${values} where exists (select 1 from used) returning 1
), ${note}
select 1 as opened from opened`;

/**
 * Uses up a link and signs the browser in, in one statement: of any number at once exactly one wins, and a
 * link is never used up without a session.
 */
export async function openLoginSessionByLink(
  db: Database,
  input: { readonly session: NewLoginSession; readonly linkHash: string },
  auditNote: AuditNote,
): Promise<boolean> {
  const params = [...paramsOf(input.session), ...auditParams(auditNote), input.linkHash];
  return (await db.run(byLinkStatement, params)).length === 1;
}

function paramsOf(session: NewLoginSession) {
  const { projectId, hash, method, now, expiresAt } = session;
  return [projectId, hash, method, now.toISOString(), expiresAt.toISOString()] as const;
}
