import { plainLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';

export type ImportMarkRow = {
  readonly id: string;
  readonly offset: number;
  readonly fingerprint: string;
  readonly state: string;
};

const statement = `
select id::text, byte_offset::text, fingerprint, state
from import_marks where project_id = $1::int and id = any($2::text::uuid[])`;

/** Of these, the marks that there are. */
export async function findImportMarks(
  db: Database,
  input: { readonly projectId: number; readonly ids: readonly string[] },
): Promise<readonly ImportMarkRow[]> {
  const rows = await db.run<{ id: string; byte_offset: string; fingerprint: string; state: string }>(
    statement,
    [input.projectId, plainLiteral(input.ids)],
  );
  return rows.map(({ id, byte_offset, fingerprint, state }) => ({
    id,
    offset: Number(byte_offset),
    fingerprint,
    state,
  }));
}
