import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';

const statement = `
with gone as (
  delete from login_sessions where project_id = $1::int and hash = decode($2::text, 'hex') returning 1
), ${auditClause({ from: 'gone', firstParam: 3 })}
select 1 as closed from gone`;

/** Signs one browser out. */
export async function closeLoginSession(
  db: Database,
  input: { readonly projectId: number; readonly hash: string },
  note: AuditNote,
): Promise<void> {
  await db.run(statement, [input.projectId, input.hash, ...auditParams(note)]);
}
