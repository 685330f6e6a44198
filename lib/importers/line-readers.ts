import { claudeReader } from './claude-code/claude-reader.ts';
import { codexReader } from './codex/codex-reader.ts';
import { geminiReader } from './gemini/gemini-reader.ts';
import type { MakeReader, Tool } from './log-reader.ts';
import { openclawReader } from './openclaw/openclaw-reader.ts';

/** The reader of each tool whose logs are lines. */
export const lineReaders = {
  'claude-code': claudeReader,
  codex: codexReader,
  openclaw: openclawReader,
  gemini: geminiReader,
} as const satisfies Partial<Record<Tool, MakeReader>>;
