import type { Buffer } from 'node:buffer';
import type { MessageInput } from '#lib/chat/message-event.ts';
import type { OperationInput } from '#lib/operations/operation-event.ts';
import type { Source, UsageInput } from '#lib/usage/usage-event.ts';

/** What a log becomes: the very inputs of the ingest API. */
export type ImportEvent = UsageInput | MessageInput | OperationInput;

export const tools = ['claude-code', 'codex', 'openclaw', 'gemini', 'opencode'] as const;
export type Tool = (typeof tools)[number];

/** Why a line gave nothing although it should have. */
export const skipReasons = [
  'not JSON',
  'not an object',
  'nested too deeply',
  'longer than 32 MB',
  'without a time',
  'unknown kind of line',
  'unreadable archive',
  'unreadable database',
] as const;
export type SkipReason = (typeof skipReasons)[number] | `refused: ${string}`;

/** Where a reader puts what it finds. */
export type ImportSink = {
  readonly emit: (event: ImportEvent) => void;
  readonly skip: (reason: SkipReason) => void;
};

/** What a reader is told of its file, beyond the lines. */
export type LogFile = {
  /** With `/`, from the folder that was searched or from the root. */
  readonly path: string;
  /** Why a session ran, by its id, as far as something beside the log says so (OpenClaw's sessions.json). */
  readonly sourceOf: (sessionId: string) => Source | null;
  /** The first ancestor of a forked session; itself when it is none (Codex). */
  readonly rootOf: (sessionId: string, forkedFrom: string) => string;
};

/** Reads one log from its lines; knows nothing of files and clocks. */
export type LogReader = {
  /** Takes one whole line, without its line feed. */
  readonly line: (text: string) => void;
  /** As `line`, for a reader that need not decode all of a line. May change the bytes while it runs. */
  readonly bytes?: (line: Buffer) => void;
  /** There is no more for now: emits what waited for better figures. */
  readonly flush: () => void;
  /** Small JSON value with which a new reader goes on at the next line. */
  readonly state: () => unknown;
};

export type MakeReader = (file: LogFile, sink: ImportSink, saved: unknown) => LogReader;
