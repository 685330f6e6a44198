import { findText } from './attributes.ts';
import { noteClaudeLog } from './claude-code-log.ts';
import { noteCodexLog } from './codex-log.ts';
import { detailsMessages, noteGeminiLog } from './gemini-log.ts';
import { type LogLine, toLogLine } from './log-line.ts';
import type { OtlpEvent } from './otlp-event.ts';
import type { OtlpLogRecord } from './otlp-record.ts';

/**
 * What the log records of one export say of model calls, tools and chats. Calls are taken from the events of
 * Claude Code, Codex and Gemini CLI; elsewhere their spans count, and events only tell what was said.
 */
export function logEvents(records: readonly OtlpLogRecord[]): readonly OtlpEvent[] {
  return records.flatMap((record) => eventsOf(record).map((input) => ({ index: record.index, input })));
}

function eventsOf(record: OtlpLogRecord): readonly OtlpEvent['input'][] {
  const line = toLogLine(record);
  switch (line.product) {
    case 'claude-code':
      return noteClaudeLog(line);
    case 'codex':
      return noteCodexLog(line);
    case 'gemini-cli':
      return noteGeminiLog(line);
    case null:
      return isDetails(line) ? detailsMessages(line, record.traceId ?? line.session) : [];
  }
}

function isDetails({ name, attributes }: LogLine): boolean {
  return (
    name === 'gen_ai.client.inference.operation.details' &&
    findText(attributes, 'gen_ai.operation.name') !== null
  );
}
