import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';

export type PasswordChange = {
  readonly projectId: number;
  /** The stored hash that the caller checked; null when there was none. */
  readonly from: string | null;
  readonly to: string;
  /** SHA-256 (hex) of the session that stays signed in. */
  readonly keptSessionHash: string | null;
};

const statement = `
with put as (
  insert into settings (project_id, name, value)
  select $1::int, 'password', to_jsonb($3::text)
  where $2::text is null or exists (select 1 from settings where project_id = $1::int and name = 'password')
  on conflict (project_id, name) do update set value = excluded.value, updated_at = now()
    where settings.value = to_jsonb($2::text)
  returning 1
), ended as (
  delete from login_sessions where project_id = $1::int and exists (select 1 from put)
    and ($4::text is null or hash <> decode($4::text, 'hex'))
), ${auditClause({ from: 'put', firstParam: 5 })}
select 1 as done from put`;

/**
 * Sets the password and signs all other browsers out, in one statement.
 * @returns false when somebody else changed it meanwhile: nothing is done then.
 */
export async function changePassword(
  db: Database,
  change: PasswordChange,
  note: AuditNote,
): Promise<boolean> {
  const { projectId, from, to, keptSessionHash } = change;
  return (await db.run(statement, [projectId, from, to, keptSessionHash, ...auditParams(note)])).length === 1;
}
