import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';

const statement = `
with always as (select 1), ${auditClause({ from: 'always', firstParam: 2 })}
select 1 as done`;

/** For what changes nothing else, such as a refused sign-in. */
export async function insertAudit(
  db: Database,
  input: { readonly projectId: number; readonly note: AuditNote },
): Promise<void> {
  await db.run(statement, [input.projectId, ...auditParams(input.note)]);
}
