import { numbersLiteral, plainLiteral, textsLiteral } from '../array-literal.ts';
import type { Database } from '../database.ts';
import type { ImportMarkRow } from './find-import-marks.ts';

const statement = `
insert into import_marks (project_id, id, path, byte_offset, fingerprint, state)
select $1::int, id, path, byte_offset, fingerprint, state
from unnest($2::text::uuid[], $3::text::text[], $4::text::int8[], $5::text::text[], $6::text::text[])
  as t (id, path, byte_offset, fingerprint, state)
order by id
on conflict (project_id, id) do update set byte_offset = excluded.byte_offset,
  fingerprint = excluded.fingerprint, state = excluded.state, updated_at = now()`;

/** Marks with distinct ids. Call it only when everything before the offsets is committed. */
export async function putImportMarks(
  db: Database,
  input: {
    readonly projectId: number;
    readonly marks: readonly (ImportMarkRow & { readonly path: string })[];
  },
): Promise<void> {
  const { projectId, marks } = input;
  await db.run(statement, [
    projectId,
    plainLiteral(marks.map(({ id }) => id)),
    textsLiteral(marks.map(({ path }) => path)),
    numbersLiteral(marks.map(({ offset }) => offset)),
    textsLiteral(marks.map(({ fingerprint }) => fingerprint)),
    textsLiteral(marks.map(({ state }) => state)),
  ]);
}
