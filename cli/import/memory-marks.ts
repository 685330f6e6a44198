import type { ImportMark, ImportMarks } from '#lib/server/import/import-marks.ts';

/** Marks for the length of one run. */
export function memoryMarks(): ImportMarks {
  const known = new Map<string, ImportMark>();
  return {
    find: (paths) => {
      const found = new Map<string, ImportMark>();
      for (const path of paths) {
        const mark = known.get(path);
        if (mark !== undefined) found.set(path, mark);
      }
      return Promise.resolve(found);
    },
    put: (marks) => {
      for (const [path, mark] of marks) known.set(path, mark);
      return Promise.resolve();
    },
  };
}
