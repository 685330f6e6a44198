import type { MessageInput } from '#lib/chat/message-event.ts';
import { toName } from '#lib/ingest/to-name.ts';
import type { Source, UsageInput } from '#lib/usage/usage-event.ts';
import { findCount, findNumber, findText } from './attributes.ts';
import { findCost, findUser } from './call-names.ts';
import { keepAttributes } from './kept-attributes.ts';
import { durationOf, type LogLine, toFailedCall, toOperation } from './log-line.ts';
import type { OtlpEvent } from './otlp-event.ts';
import { toUsage } from './token-usage.ts';

/** Claude Code's events. Its metrics and (beta) spans repeat them; its input tokens leave cached ones out. */
export function noteClaudeLog(line: LogLine): readonly OtlpEvent['input'][] {
  const { attributes, session, mark } = line;
  switch (line.name) {
    case 'api_request':
      return [toCall(line)];
    case 'api_error':
      return [toFailedCall(line, { id: `claude:otel:error:${session}:${mark}`, provider: 'anthropic' })];
    case 'tool_result': {
      const callId = findText(attributes, 'tool_use_id');
      const name = findText(attributes, 'tool_name') ?? 'tool';
      // The id under which an import of the transcript has the same tool call.
      const id = callId === null ? `claude:otel:tool:${session}:${mark}` : `claude:tool:${callId}`;
      return [toOperation(line, { id, name, kind: 'tool' })];
    }
    case 'compaction':
      return [
        toOperation(line, {
          id: `claude:otel:compact:${session}:${mark}`,
          name: `compaction (${findText(attributes, 'trigger')?.slice(0, 40) ?? 'unknown'})`,
          kind: 'compact',
          tokensBefore: findCount(attributes, 'pre_tokens'),
          tokensAfter: findCount(attributes, 'post_tokens'),
        }),
      ];
    case 'user_prompt':
      return toMessage(line, { role: 'user', text: findText(attributes, 'prompt', 'prompt_text') });
    case 'assistant_response':
      return toMessage(line, { role: 'assistant', text: findText(attributes, 'response') });
    default:
      return [];
  }
}

function toCall(line: LogLine): UsageInput {
  const { attributes, ts, agent, session, mark } = line;
  const costUsd = findCost(attributes);
  const latencyMs = durationOf(line);
  const ttftMs = findNumber(attributes, 'ttft_ms');
  return {
    type: 'usage',
    id: toName(`claude:otel:${session}:${findText(attributes, 'request_id') ?? mark}`),
    ts,
    agent,
    session,
    source: sourceOf(findText(attributes, 'query_source')),
    provider: 'anthropic',
    model: toName(findText(attributes, 'model') ?? 'unknown'),
    ...toUsage({
      input: findCount(attributes, 'input_tokens') ?? 0,
      output: findCount(attributes, 'output_tokens') ?? 0,
      cacheRead: findCount(attributes, 'cache_read_tokens') ?? 0,
      cacheWrite: findCount(attributes, 'cache_creation_tokens') ?? 0,
      cacheWrite1h: findCount(attributes, 'cache_creation_1h_tokens') ?? 0,
      reasoning: 0,
      isExclusive: true,
    }),
    ...(costUsd !== null && { costUsd }),
    ...(latencyMs !== null && { latencyMs }),
    ...(ttftMs !== null && { ttftMs }),
    attributes: keepAttributes(attributes, { user: findUser(attributes) }),
  };
}

function sourceOf(querySource: string | null): Source {
  return querySource !== null && /sub_?agent|^agent:/i.test(querySource) ? 'subagent' : 'direct';
}

/** Told only with OTEL_LOG_USER_PROMPTS and the like; the id is that of the transcript's line. */
function toMessage(
  { attributes, ts, agent, session, mark }: LogLine,
  { role, text }: { readonly role: 'user' | 'assistant'; readonly text: string | null },
): readonly MessageInput[] {
  if (text === null || text === '<REDACTED>') return [];
  const id = toName(findText(attributes, 'message.uuid') ?? `claude:otel:${role}:${mark}`);
  return [{ type: 'message', id, ts, agent, session, role, kind: 'text', content: text }];
}
