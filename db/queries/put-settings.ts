import { textsLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';

const statement = `
with put as (
  insert into settings (project_id, name, value)
  select $1::int, s.name, s.value::jsonb from unnest($2::text::text[], $3::text::text[]) s (name, value)
  on conflict (project_id, name) do update set value = excluded.value, updated_at = now()
  returning 1
), ${auditClause({ from: 'put', firstParam: 4 })}
select 1 as done from put`;

/** Sets all of them or none. */
export async function putSettings(
  db: Database,
  input: { readonly projectId: number; readonly values: Readonly<Record<string, unknown>> },
  note: AuditNote,
): Promise<void> {
  const entries = Object.entries(input.values);
  if (entries.length === 0) return;
  await db.run(statement, [
    input.projectId,
    textsLiteral(entries.map(([name]) => name)),
    textsLiteral(entries.map(([, value]) => JSON.stringify(value))),
    ...auditParams(note),
  ]);
}
