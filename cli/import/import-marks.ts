/** How far a file was imported, with what a reader needs to go on there. */
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

/** Marks for the length of one run. */
export function memoryMarks(): ImportMarks {
  const marks = new Map<string, ImportMark>();
  return {
    find: (path) => Promise.resolve(marks.get(path) ?? null),
    put: (path, mark) => {
      marks.set(path, mark);
      return Promise.resolve();
    },
  };
}
