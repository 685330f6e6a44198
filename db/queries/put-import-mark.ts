import type { Database } from '../database.ts';
import type { ImportMarkRow } from './find-import-mark.ts';

const statement = `
insert into import_marks (project_id, id, path, byte_offset, fingerprint, state)
values ($1::int, $2::uuid, $3, $4::int8, $5, $6)
on conflict (project_id, id) do update set byte_offset = excluded.byte_offset,
  fingerprint = excluded.fingerprint, state = excluded.state, updated_at = now()`;

/** Call it only when everything before the offset is committed. */
export async function putImportMark(
  db: Database,
  input: { readonly projectId: number; readonly id: string; readonly path: string } & ImportMarkRow,
): Promise<void> {
  const { projectId, id, path, offset, fingerprint, state } = input;
  await db.run(statement, [projectId, id, path, offset, fingerprint, state]);
}
