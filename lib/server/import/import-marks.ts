import 'server-only';
import type { Database } from '#db/database.ts';
import { findImportMarks } from '#db/queries/find-import-marks.ts';
import { putImportMarks } from '#db/queries/put-import-marks.ts';
import { hashKey } from '#lib/usage/event-key.ts';

/** How far a file was imported, with what its reader needs to go on there. */
export type ImportMark = {
  readonly offset: number;
  /** Of the bytes before the offset: another one means another file under the same name. */
  readonly fingerprint: string;
  readonly state: unknown;
};

/** Remembers marks of files, by their paths, between runs. */
export type ImportMarks = {
  find(paths: readonly string[]): Promise<ReadonlyMap<string, ImportMark>>;
  put(marks: ReadonlyMap<string, ImportMark>): Promise<void>;
};

/** Kept beside the events that they speak of, so that an emptied database is filled again from the start. */
export function ledgerMarks(
  db: Database,
  { projectId, machine }: { readonly projectId: number; readonly machine: string },
): ImportMarks {
  const idOf = (path: string) => hashKey(`${machine}\u0000${path}`);
  return {
    find: async (paths) => {
      const pathOf = new Map(paths.map((path) => [idOf(path), path]));
      const rows = await findImportMarks(db, { projectId, ids: [...pathOf.keys()] });
      return new Map(
        rows.map(({ id, offset, fingerprint, state }) => [
          pathOf.get(id) ?? '',
          { offset, fingerprint, state: JSON.parse(state) },
        ]),
      );
    },
    put: (marks) =>
      putImportMarks(db, {
        projectId,
        marks: [...marks].map(([path, { offset, fingerprint, state }]) => ({
          id: idOf(path),
          path: path.toWellFormed().replaceAll('\u0000', ''),
          offset,
          fingerprint,
          state: JSON.stringify(state),
        })),
      }),
  };
}
