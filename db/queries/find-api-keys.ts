import { isKeyScope, type KeyScope } from '#lib/settings/key-scope.ts';
import { parseWords, plainLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

export type ApiKeyGrant = {
  readonly projectId: number;
  readonly keyId: string;
  readonly scopes: readonly KeyScope[];
};

const deadlineMs = 1_800;

const statement = `
select encode(hash, 'hex') as hash, project_id, id, scopes::text as scopes from api_keys
where hash in (select decode(h, 'hex') from unnest($1::text::text[]) h) and revoked_at is null`;

/** The living keys among these SHA-256 (hex), by hash. */
export async function findApiKeys(
  db: Database,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, ApiKeyGrant>> {
  const rows = await db.run(statement, [plainLiteral(hashes)], { deadlineMs });
  return new Map(
    rows.map((row) => [
      String(row['hash']),
      {
        projectId: Number(row['project_id']),
        keyId: String(row['id']),
        scopes: parseWords(String(row['scopes'])).filter(isKeyScope),
      },
    ]),
  );
}
