import type { MessageInput } from '#lib/chat/message-event.ts';
import { toName } from '#lib/ingest/to-name.ts';
import type { UsageInput } from '#lib/usage/usage-event.ts';
import { findCount, findNumber, findText } from './attributes.ts';
import { findUser } from './call-names.ts';
import { keepAttributes } from './kept-attributes.ts';
import { durationOf, type LogLine, toFailedCall, toOperation } from './log-line.ts';
import type { OtlpEvent } from './otlp-event.ts';
import { contextTokens, toUsage } from './token-usage.ts';

/** Codex CLI's events. Of the two that say that a response is complete, the one with tokens is the call. */
export function noteCodexLog(line: LogLine): readonly OtlpEvent['input'][] {
  const { attributes, session, mark } = line;
  switch (line.name) {
    case 'sse_event':
    case 'websocket_event': {
      const kind = findText(attributes, 'event.kind');
      if (kind === 'response.failed') {
        return [toFailedCall(line, { id: `codex:otel:error:${session}:${mark}`, provider: 'openai' })];
      }
      return kind === 'response.completed' && attributes.has('input_token_count') ? [toCall(line)] : [];
    }
    case 'api_request': {
      const status = findCount(attributes, 'http.response.status_code') ?? 0;
      if (status < 400 && findText(attributes, 'error.message') === null) return [];
      return [toFailedCall(line, { id: `codex:otel:error:${session}:${mark}`, provider: 'openai' })];
    }
    case 'tool_result':
      return noteTool(line);
    case 'user_prompt':
      return say(line, { key: 'prompt', role: 'user', kind: 'text', text: findText(attributes, 'prompt') });
    default:
      return [];
  }
}

function toCall(line: LogLine): UsageInput {
  const { attributes, ts, agent, session, mark } = line;
  const usage = toUsage({
    input: findCount(attributes, 'input_token_count') ?? 0,
    output: findCount(attributes, 'output_token_count') ?? 0,
    cacheRead: findCount(attributes, 'cached_token_count') ?? 0,
    cacheWrite: findCount(attributes, 'cache_write_token_count') ?? 0,
    reasoning: findCount(attributes, 'reasoning_token_count') ?? 0,
    isExclusive: false,
  });
  const latencyMs = durationOf(line);
  // Codex writes 0 where it did not see the first token.
  const ttftMs = findNumber(attributes, 'ttft_ms') || null;
  return {
    type: 'usage',
    id: toName(`codex:otel:${session}:${mark}:${contextTokens(usage)}.${usage.outputTokens}`),
    ts,
    agent,
    session,
    provider: 'openai',
    model: toName(findText(attributes, 'model', 'slug') ?? 'unknown'),
    ...usage,
    ...(latencyMs !== null && { latencyMs }),
    ...(ttftMs !== null && { ttftMs }),
    attributes: keepAttributes(attributes, { user: findUser(attributes) }),
  };
}

/** The ids are those under which an import of the rollout has the same tool calls. */
function noteTool(line: LogLine): readonly OtlpEvent['input'][] {
  const { attributes, session, mark } = line;
  const name = findText(attributes, 'tool_name') ?? 'tool';
  const key = findText(attributes, 'call_id') ?? mark;
  const tool = { toolName: toName(name), toolCallId: toName(key) };
  const id = `codex:tool:${session}:${key}`;
  return [
    ...say(line, {
      key: `${key}:call`,
      role: 'assistant',
      kind: 'tool_call',
      text: findText(attributes, 'arguments'),
      ...tool,
    }),
    ...say(line, {
      key: `${key}:result`,
      role: 'tool',
      kind: 'tool_result',
      text: findText(attributes, 'output'),
      ...tool,
    }),
    toOperation(line, { id, name, kind: 'tool' }),
  ];
}

function say(
  { ts, agent, session, mark }: LogLine,
  said: Pick<MessageInput, 'role' | 'kind' | 'toolName' | 'toolCallId'> & {
    readonly key: string;
    readonly text: string | null;
  },
): readonly MessageInput[] {
  const { key, text, ...rest } = said;
  if (text === null || text === '[REDACTED]') return [];
  const id = toName(key === 'prompt' ? `codex:otel:prompt:${mark}` : `codex:otel:${key}`);
  return [{ type: 'message', id, ts, agent, session, content: text, ...rest }];
}
