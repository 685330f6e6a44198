import type { Database } from '../database.ts';

export type ImportMarkRow = { readonly offset: number; readonly fingerprint: string; readonly state: string };

const statement = `
select byte_offset::text, fingerprint, state from import_marks where project_id = $1::int and id = $2::uuid`;

export async function findImportMark(
  db: Database,
  input: { readonly projectId: number; readonly id: string },
): Promise<ImportMarkRow | null> {
  const [row] = await db.run<{ byte_offset: string; fingerprint: string; state: string }>(statement, [
    input.projectId,
    input.id,
  ]);
  if (row === undefined) return null;
  return { offset: Number(row.byte_offset), fingerprint: row.fingerprint, state: row.state };
}
