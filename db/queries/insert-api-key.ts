import type { KeyScope } from '#lib/settings/key-scope.ts';
import { plainLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';
import { type AuditNote, auditClause, auditParams } from './audit-clause.ts';

export type NewApiKeyRow = {
  readonly projectId: number;
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  /** SHA-256, hex. */
  readonly hash: string;
  readonly scopes: readonly KeyScope[];
};

const statement = `
with made as (
  insert into api_keys (project_id, id, name, prefix, hash, scopes)
  values ($1::int, $2::text::uuid, $3::text, $4::text, decode($5::text, 'hex'), $6::text::text[])
  on conflict do nothing returning created_at
), ${auditClause({ from: 'made', firstParam: 7 })}
select created_at from made`;

/** @returns when it was made; null when a key of this id is there already. */
export async function insertApiKey(
  db: Database,
  row: NewApiKeyRow,
  note: AuditNote,
): Promise<{ readonly createdAt: Date } | null> {
  const [made] = await db.run(statement, [
    row.projectId,
    row.id,
    row.name,
    row.prefix,
    row.hash,
    plainLiteral(row.scopes),
    ...auditParams(note),
  ]);
  return made ? { createdAt: new Date(String(made['created_at'])) } : null;
}
