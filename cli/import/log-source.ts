import type { Tool } from '#lib/importers/log-reader.ts';

export type LogFormat = 'lines' | 'zstd-lines' | 'document' | 'database' | 'folder';

/** One thing to import: a file, or for OpenCode's first format a folder of them. */
export type LogSource = {
  readonly path: string;
  readonly tool: Tool;
  readonly format: LogFormat;
  readonly bytes: number;
  readonly mtimeMs: number;
  /** When its first line was written, else when the file last changed: copies are attributed to the oldest. */
  readonly startMs: number;
};
