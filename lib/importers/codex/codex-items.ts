import type { MessageInput } from '#lib/chat/message-event.ts';
import { type Fields, fieldsAt, isFields, listAt, numberAt, textAt } from '../fields.ts';
import type { ImportSink } from '../log-reader.ts';
import type { RecentTexts } from '../recent-texts.ts';
import { toContent } from '../to-content.ts';
import { toName } from '../to-name.ts';
import { elapsedMs, type ToolClock } from '../tool-clock.ts';
import { type CodexSession, codexAgent } from './codex-session.ts';

export type CodexItem = {
  readonly type: string;
  readonly payload: Fields;
  readonly ts: string;
  readonly session: CodexSession;
  readonly sink: ImportSink;
  readonly tools: ToolClock;
  readonly texts: RecentTexts;
};

type Said = Pick<MessageInput, 'role' | 'content'> &
  Partial<Pick<MessageInput, 'kind' | 'toolName' | 'toolCallId'>>;

/** Chat lines and tools of a rollout. What is there both as an event and as an item is taken once. */
export function noteCodexItem(item: CodexItem): void {
  const { type, payload } = item;
  if (type === 'compacted') {
    noteCompaction(item, textAt(payload, 'message'));
    return;
  }
  const kind = textAt(payload, 'type') ?? '';
  if (type === 'event_msg') noteEvent(item, kind);
  else if (kind === 'message') noteMessage(item);
  else if (kind === 'reasoning') noteReasoning(item);
  else if (kind.endsWith('_call_output')) noteResult(item);
  else if (kind.endsWith('_call')) noteCall(item, kind);
  else if (kind === 'compaction' || kind === 'compaction_summary') noteCompaction(item, null);
}

function noteEvent(item: CodexItem, kind: string): void {
  const { payload } = item;
  if (kind === 'user_message')
    sayOnce(item, 'event', { role: 'user', content: textAt(payload, 'message') ?? '' });
  if (kind === 'agent_message') {
    sayOnce(item, 'event', { role: 'assistant', content: textAt(payload, 'message') ?? '' });
  }
  if (kind === 'agent_reasoning') {
    sayOnce(item, 'event', { role: 'assistant', kind: 'thinking', content: textAt(payload, 'text') ?? '' });
  }
  if (kind === 'error' || kind === 'stream_error') {
    say(item, { role: 'system', content: textAt(payload, 'message') ?? kind });
  }
}

function noteMessage(item: CodexItem): void {
  const { payload, session, ts } = item;
  const role = textAt(payload, 'role');
  if (role === 'user') session.askedAt = ts;
  const content = toContent(payload['content']);
  sayOnce(item, 'item', {
    role: role === 'assistant' || role === 'user' ? role : 'system',
    content,
  });
}

function noteReasoning(item: CodexItem): void {
  const texts = [...listAt(item.payload, 'summary'), ...listAt(item.payload, 'content')].flatMap((part) =>
    isFields(part) && typeof part['text'] === 'string' ? [part['text']] : [],
  );
  const sealed = textAt(item.payload, 'encrypted_content');
  if (texts.length > 0) {
    const open = texts.filter((text) => !item.texts.isTwin('item', text));
    if (open.length > 0) say(item, { role: 'assistant', kind: 'thinking', content: open.join('\n\n') });
  } else if (sealed !== null) {
    say(item, {
      role: 'assistant',
      kind: 'thinking',
      content: `[encrypted reasoning, ${sealed.length} bytes]`,
    });
  }
}

function noteCall(item: CodexItem, kind: string): void {
  const { payload, ts } = item;
  const callId = textAt(payload, 'call_id') ?? textAt(payload, 'id');
  const toolName = toName(textAt(payload, 'name') ?? kind.replace(/_call$/, ''));
  if (callId !== null) item.tools.start(callId, { name: toolName, ts });
  const given = payload['arguments'] ?? payload['input'] ?? payload['action'] ?? {};
  const content = typeof given === 'string' ? given : JSON.stringify(given);
  say(item, { role: 'assistant', kind: 'tool_call', toolName, ...callOf(callId), content });
}

function noteResult(item: CodexItem): void {
  const { payload, ts, session, sink } = item;
  const callId = textAt(payload, 'call_id');
  const tool = callId === null ? null : item.tools.end(callId);
  const { output } = payload;
  const content = toContent(isFields(output) && output['content'] !== undefined ? output['content'] : output);
  say(item, {
    role: 'tool',
    kind: 'tool_result',
    ...(tool !== null && { toolName: tool.name }),
    ...callOf(callId),
    content,
  });
  session.askedAt = ts;
  if (tool === null || callId === null) return;
  const measured = measuredBy(content);
  const durationMs = measured.durationMs ?? elapsedMs(tool.ts, ts);
  if (durationMs === null) return;
  sink.emit({
    type: 'operation',
    id: toName(`codex:tool:${session.id}:${callId}`),
    ts: tool.ts,
    agent: codexAgent,
    session: session.id,
    name: tool.name,
    kind: 'tool',
    durationMs,
    status: measured.isError ? 'error' : 'ok',
  });
}

/** A shell's output is JSON with its exit code and seconds in it; calls and results often share one instant. */
function measuredBy(content: unknown): { readonly durationMs: number | null; readonly isError: boolean } {
  const nothing = { durationMs: null, isError: false };
  if (typeof content !== 'string' || !content.startsWith('{') || content.length > 2_000_000) return nothing;
  try {
    const value: unknown = JSON.parse(content);
    const about = isFields(value) ? fieldsAt(value, 'metadata') : {};
    const seconds = numberAt(about, 'duration_seconds');
    const exitCode = numberAt(about, 'exit_code');
    return {
      durationMs: seconds === null || seconds < 0 || seconds > 86_400 ? null : Math.round(seconds * 1_000),
      isError: exitCode !== null && exitCode !== 0,
    };
  } catch {
    // Any text may begin with a brace.
    return nothing;
  }
}

function noteCompaction(item: CodexItem, summary: string | null): void {
  const { session, ts, sink } = item;
  if (summary !== null) say(item, { role: 'user', kind: 'summary', content: summary });
  sink.emit({
    type: 'operation',
    id: toName(`codex:compact:${session.id}:${session.line}`),
    ts,
    agent: codexAgent,
    session: session.id,
    name: 'compaction',
    kind: 'compact',
    durationMs: 0,
  });
}

function sayOnce(item: CodexItem, channel: string, said: Said): void {
  const text = typeof said.content === 'string' ? said.content : JSON.stringify(said.content);
  if (!item.texts.isTwin(channel, text)) say(item, said);
}

function say({ session, sink, ts }: CodexItem, said: Said): void {
  sink.emit({
    type: 'message',
    id: `codex:${session.line}`,
    ts,
    agent: codexAgent,
    session: session.id,
    kind: said.kind ?? 'text',
    ...said,
  });
}

function callOf(callId: string | null): { readonly toolCallId?: string } {
  return callId === null ? {} : { toolCallId: toName(callId) };
}
