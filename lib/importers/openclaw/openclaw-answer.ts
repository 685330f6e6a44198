import type { Source, UsageInput } from '#lib/usage/usage-event.ts';
import { countAt, type Fields, fieldsAt, isFields, listAt, numberAt, textAt } from '../fields.ts';
import type { ImportSink } from '../log-reader.ts';
import { toContent } from '../to-content.ts';
import { toName } from '../to-name.ts';
import type { ToolClock } from '../tool-clock.ts';

/** What a transcript's earlier lines said; it changes as the lines go by. */
export type OpenClawSession = {
  id: string;
  readonly agent: string;
  cwd: string | null;
  /** Why the present turn runs, where its prompt says so. */
  turn: Source | null;
};

export type OpenClawLine = {
  readonly fields: Fields;
  readonly ts: string;
  readonly id: string;
  readonly session: OpenClawSession;
  readonly source: Source;
  readonly sink: ImportSink;
  readonly tools: ToolClock;
};

const latencyMsMax = 3_600_000;
const costUsdMax = 1_000_000;

/** An answer: one call, and its texts, thoughts and tool calls as chat lines of their own. */
export function noteAnswer(line: OpenClawLine, message: Fields): void {
  const provider = textAt(message, 'provider') ?? 'unknown';
  const model = textAt(message, 'model');
  // The gateway's copies of what it delivered to a channel are no calls.
  const isMirror = provider === 'openclaw' || model === 'delivery-mirror';
  if (model !== null && !isMirror) noteUsage(line, message, { provider, model });
  const blocks = listAt(message, 'content').filter(isFields);
  blocks.forEach((block, index) => {
    noteBlock(line, block, index);
  });
  if (blocks.length > 0) return;
  const content = textAt(message, 'content') ?? textAt(message, 'errorMessage') ?? '';
  emitText(line, 0, { kind: 'text', content });
}

function noteUsage(
  line: OpenClawLine,
  message: Fields,
  { provider, model }: { readonly provider: string; readonly model: string },
): void {
  const { session, ts, id, source, sink } = line;
  const usage = fieldsAt(message, 'usage');
  const stop = textAt(message, 'stopReason');
  const error = textAt(message, 'errorMessage');
  const askedMs = numberAt(message, 'timestamp');
  const latencyMs = askedMs === null ? null : Date.parse(ts) - askedMs;
  sink.emit({
    type: 'usage',
    id: toName(`openclaw:${session.id}:${id}`),
    ts,
    agent: session.agent,
    session: session.id,
    source,
    provider: toName(provider),
    model: toName(model),
    ...tokensOf(usage),
    ...costOf(usage),
    ...(latencyMs !== null && latencyMs >= 0 && latencyMs <= latencyMsMax && { latencyMs }),
    status: stop === 'error' ? 'error' : stop === 'aborted' ? 'aborted' : 'ok',
    ...(error !== null && { error: error.slice(0, 4_000).toWellFormed().replaceAll('\0', '') }),
    ...(session.cwd !== null && { attributes: { cwd: session.cwd } }),
    onConflict: 'max',
  });
}

/** Google's rows have the cached tokens inside of input; there the total is input and output alone. */
function tokensOf(usage: Fields) {
  const input = countAt(usage, 'input');
  const cacheRead = countAt(usage, 'cacheRead');
  const cacheWrite = countAt(usage, 'cacheWrite');
  const output = countAt(usage, 'output');
  const total = countAt(usage, 'totalTokens');
  const cached = cacheRead + cacheWrite;
  const inputIncludesCache = cached > 0 && total === input + output && input >= cached;
  return {
    inputTokens: input,
    outputTokens: output,
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite,
    reasoningTokens: Math.min(output, countAt(usage, 'reasoning')),
    inputIncludesCache,
  } satisfies Partial<UsageInput>;
}

/** A cost of 0 for tokens means that nobody knew the price, not that they were free. */
function costOf(usage: Fields): { readonly costUsd?: number } {
  const total = numberAt(fieldsAt(usage, 'cost'), 'total');
  return total !== null && total > 0 && total <= costUsdMax ? { costUsd: total } : {};
}

function noteBlock(line: OpenClawLine, block: Fields, index: number): void {
  const type = textAt(block, 'type');
  if (type === 'thinking') {
    emitText(line, index, { kind: 'thinking', content: textAt(block, 'thinking') ?? '' });
  } else if (type === 'toolCall') {
    const toolName = toName(textAt(block, 'name') ?? 'tool');
    const callId = textAt(block, 'id');
    if (callId !== null) line.tools.start(callId, { name: toolName, ts: line.ts });
    emitText(line, index, {
      kind: 'tool_call',
      toolName,
      ...(callId !== null && { toolCallId: toName(callId) }),
      content: JSON.stringify(block['arguments'] ?? {}),
    });
  } else emitText(line, index, { kind: 'text', content: toContent([block]) });
}

type Said = {
  readonly kind: 'text' | 'thinking' | 'tool_call';
  readonly content: ReturnType<typeof toContent>;
  readonly toolName?: string;
  readonly toolCallId?: string;
};

function emitText({ session, sink, id, ts }: OpenClawLine, index: number, said: Said): void {
  sink.emit({
    type: 'message',
    id: toName(index === 0 ? id : `${id}:${index}`),
    ts,
    agent: session.agent,
    session: session.id,
    role: 'assistant',
    ...said,
  });
}
