import type { ImportMark, ImportMarks } from '#lib/server/import/import-marks.ts';

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
