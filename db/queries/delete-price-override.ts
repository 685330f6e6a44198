import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';

const statement = `
with gone as (
  delete from price_overrides where project_id = $1::int and id = $2::text::uuid returning id
), ${auditClause({ from: 'gone', firstParam: 3 })}
select id from gone`;

/** Stored events keep the cost that it gave them. @returns whether there was one. */
export async function deletePriceOverride(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
  note: AuditNote,
): Promise<boolean> {
  const rows = await db.run(statement, [input.projectId, input.id, ...auditParams(note)]);
  return rows.length > 0;
}
