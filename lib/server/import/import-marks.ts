import 'server-only';
import type { Database } from '#db/database.ts';
import { findImportMark } from '#db/queries/find-import-mark.ts';
import { putImportMark } from '#db/queries/put-import-mark.ts';
import { hashKey } from '#lib/usage/event-key.ts';

/** How far a file was imported, with what its reader needs to go on there. */
export type ImportMark = {
  readonly offset: number;
  /** Of the bytes before the offset: another one means another file under the same name. */
  readonly fingerprint: string;
  readonly state: unknown;
};

/** Remembers marks of files between runs. */
export type ImportMarks = {
  find(path: string): Promise<ImportMark | null>;
  put(path: string, mark: ImportMark): Promise<void>;
};

/** Kept beside the events that they speak of, so that an emptied database is filled again from the start. */
export function ledgerMarks(
  db: Database,
  { projectId, machine }: { readonly projectId: number; readonly machine: string },
): ImportMarks {
  const idOf = (path: string) => hashKey(`${machine}\u0000${path}`);
  return {
    find: async (path) => {
      const row = await findImportMark(db, { projectId, id: idOf(path) });
      return row === null ? null : { ...row, state: JSON.parse(row.state) };
    },
    put: (path, { offset, fingerprint, state }) =>
      putImportMark(db, {
        projectId,
        id: idOf(path),
        path: path.toWellFormed().replaceAll('\u0000', ''),
        offset,
        fingerprint,
        state: JSON.stringify(state),
      }),
  };
}
