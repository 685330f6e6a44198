import type { ImportSink, LogFile } from '#lib/importers/log-reader.ts';
import type { ImportMark } from '#lib/server/import/import-marks.ts';
import type { LogSource } from './log-source.ts';

/** One log with all that reading it needs. */
export type ImportTask = {
  readonly source: LogSource;
  readonly file: LogFile;
  readonly sink: ImportSink;
  /** How far it was imported before. */
  readonly mark: ImportMark | null;
  /** Called after each piece; waits for the store and says whether to go on. */
  readonly pause: (bytes: number) => Promise<'go on' | 'stop'>;
  /** How far it is imported when all events so far are committed. */
  readonly setMark: (mark: ImportMark) => void;
};
