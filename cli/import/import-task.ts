import type { ImportSink, LogFile } from '#lib/importers/log-reader.ts';
import type { ImportMarks } from '#lib/server/import/import-marks.ts';
import type { LogSource } from './log-source.ts';

/** One log with all that reading it needs. */
export type ImportTask = {
  readonly source: LogSource;
  readonly file: LogFile;
  readonly sink: ImportSink;
  readonly marks: ImportMarks;
  /** Called after each piece; waits for the store and says whether to go on. */
  readonly pause: (bytes: number) => Promise<'go on' | 'stop'>;
  /** Does something when all events so far are committed. */
  readonly whenStored: (action: () => Promise<void>) => void;
};
