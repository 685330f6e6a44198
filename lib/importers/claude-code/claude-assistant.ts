import type { Source, UsageInput } from '#lib/usage/usage-event.ts';
import { countAt, type Fields, fieldsAt, isFields, listAt, numberAt, textAt } from '../fields.ts';
import type { ImportSink } from '../log-reader.ts';
import { toContent } from '../to-content.ts';
import { toName } from '../to-name.ts';
import { elapsedMs, type ToolClock } from '../tool-clock.ts';
import type { UsageBook } from '../usage-book.ts';

export const claudeAgent = 'claude-code';

/** What is known of a conversation from its earlier lines. */
export type ClaudeThread = { askedAt: string | null };

/** One line with where it belongs. */
export type ClaudeLine = {
  readonly fields: Fields;
  readonly ts: string;
  readonly session: string;
  readonly source: Source;
  readonly cwd: string | null;
  readonly thread: ClaudeThread;
  readonly sink: ImportSink;
  readonly book: UsageBook;
  readonly tools: ToolClock;
  /** When the line before was written. */
  readonly lastTs: string | null;
};

const answerMsMax = 3_600_000;

/** One content block of an answer: its chat line, and the call's figures so far. */
export function noteAssistant(line: ClaudeLine): void {
  const message = fieldsAt(line.fields, 'message');
  noteUsage(line, message);
  const { content } = message;
  const blocks = Array.isArray(content) ? content : [{ type: 'text', text: content }];
  blocks.forEach((block, index) => {
    if (isFields(block)) noteBlock(line, block, lineId(line, index));
  });
}

/** The id of a line's n-th block. */
export function lineId({ fields, ts }: ClaudeLine, index: number): string {
  const id = toName(textAt(fields, 'uuid') ?? `${ts}:${textAt(fieldsAt(fields, 'message'), 'id') ?? ''}`);
  return index === 0 ? id : toName(`${id}:${index}`);
}

function noteUsage(line: ClaudeLine, message: Fields): void {
  const { fields, ts } = line;
  const model = textAt(message, 'model');
  const usage = fieldsAt(message, 'usage');
  // `<synthetic>` is the client's own text about an error: nobody was asked.
  if (model === null || model === '<synthetic>' || message['usage'] == null) return;
  const messageId = textAt(message, 'id') ?? textAt(fields, 'uuid') ?? ts;
  const id = toName(`claude:${messageId}:${textAt(fields, 'requestId') ?? ''}`);
  const costUsd = numberAt(fields, 'costUSD');
  const latencyMs = numberAt(fields, 'durationMs') ?? latencyOf(line, id);
  line.book.note({
    type: 'usage',
    id,
    ts,
    agent: claudeAgent,
    session: line.session,
    source: line.source,
    provider: 'anthropic',
    model: toName(model),
    inputTokens: countAt(usage, 'input_tokens'),
    outputTokens: countAt(usage, 'output_tokens'),
    cacheReadTokens: countAt(usage, 'cache_read_input_tokens'),
    cacheWriteTokens: cacheWrites(usage),
    inputIncludesCache: false,
    ...(costUsd !== null && costUsd >= 0 && costUsd <= 1_000_000 && { costUsd }),
    ...(latencyMs !== null && latencyMs >= 0 && latencyMs <= answerMsMax && { latencyMs }),
    ...(line.cwd !== null && {
      attributes: { cwd: line.cwd.slice(0, 1_000).toWellFormed().replaceAll('\0', '') },
    }),
    onConflict: 'max',
  });
}

/** The total, of which what is not said to be kept for an hour is kept for five minutes. */
function cacheWrites(usage: Fields): NonNullable<UsageInput['cacheWriteTokens']> {
  const total = countAt(usage, 'cache_creation_input_tokens');
  const split = fieldsAt(usage, 'cache_creation');
  const oneHour = countAt(split, 'ephemeral_1h_input_tokens');
  const fiveMinutes = countAt(split, 'ephemeral_5m_input_tokens');
  return { '5m': Math.max(fiveMinutes, total - oneHour), '1h': oneHour };
}

/** From the line that was answered to this block; the log itself has no duration. */
function latencyOf({ thread, ts, book }: ClaudeLine, id: string): number | null {
  const known = book.find(id);
  if (known?.latencyMs == null) return elapsedMs(thread.askedAt, ts, answerMsMax);
  const elapsed = Date.parse(ts) - Date.parse(known.ts) + known.latencyMs;
  return elapsed >= 0 && elapsed <= answerMsMax ? elapsed : null;
}

function noteBlock(line: ClaudeLine, block: Fields, id: string): void {
  const { ts, session, sink } = line;
  const type = textAt(block, 'type') ?? 'text';
  const base = { type: 'message', id, ts, agent: claudeAgent, session, role: 'assistant' } as const;
  if (type === 'thinking' || type === 'redacted_thinking') {
    const hidden = textAt(block, 'data');
    const content =
      textAt(block, 'thinking') ?? (hidden === null ? '' : `[hidden thinking, ${hidden.length} bytes]`);
    sink.emit({ ...base, kind: 'thinking', content });
    return;
  }
  if (type === 'tool_use' || type === 'server_tool_use' || type === 'mcp_tool_use') {
    const toolName = toName(textAt(block, 'name') ?? 'tool');
    const callId = textAt(block, 'id');
    if (callId !== null) line.tools.start(callId, { name: toolName, ts });
    const content = JSON.stringify(block['input'] ?? {});
    sink.emit({ ...base, kind: 'tool_call', toolName, ...callOf(callId), content });
    return;
  }
  if (type.endsWith('_tool_result')) {
    const callId = textAt(block, 'tool_use_id');
    const tool = callId === null ? null : line.tools.end(callId);
    const content = toContent(
      listAt(block, 'content').length > 0 ? block['content'] : [block['content'] ?? ''],
    );
    sink.emit({
      ...base,
      role: 'tool',
      kind: 'tool_result',
      toolName: tool?.name ?? type.replace(/_tool_result$/, ''),
      ...callOf(callId),
      content,
    });
    return;
  }
  sink.emit({ ...base, kind: 'text', content: toContent([block]) });
}

function callOf(callId: string | null): { readonly toolCallId?: string } {
  return callId === null ? {} : { toolCallId: toName(callId) };
}
