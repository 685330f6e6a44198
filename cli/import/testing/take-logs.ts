import { findLogs } from '../find-logs.ts';
import { memoryMarks } from '../memory-marks.ts';
import { type ImportOptions, type ImportRun, importRun } from '../run-import.ts';

/** Imports what is below these paths; what a test is about is given, the rest is a dry run. */
export async function takeLogs(
  paths: readonly string[],
  options: Partial<ImportOptions> = {},
): Promise<ImportRun> {
  const run = importRun({
    store: null,
    marks: memoryMarks(),
    overrides: [],
    sinceMs: null,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...options,
  });
  await run.take(await findLogs(paths));
  return run;
}
