import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';

const statement = `
with gone as (
  update api_keys set revoked_at = coalesce(revoked_at, now())
  where project_id = $1::int and id = $2::text::uuid
  returning hash
), ${auditClause({ from: 'gone', firstParam: 3 })}
select encode(hash, 'hex') as hash from gone`;

/** Ends a key; the first moment stays when it is asked twice. @returns its hash; null when there is none. */
export async function revokeApiKey(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
  note: AuditNote,
): Promise<string | null> {
  const [row] = await db.run(statement, [input.projectId, input.id, ...auditParams(note)]);
  return row ? String(row['hash']) : null;
}
