import type { MessageInput } from '#lib/chat/message-event.ts';
import { toName } from '#lib/ingest/to-name.ts';
import type { UsageInput } from '#lib/usage/usage-event.ts';
import { findCount, findText } from './attributes.ts';
import { findUser } from './call-names.ts';
import { readMessages } from './genai-messages.ts';
import { keepAttributes } from './kept-attributes.ts';
import { durationOf, type LogLine, toFailedCall, toOperation } from './log-line.ts';
import type { OtlpEvent } from './otlp-event.ts';
import { contextTokens, toUsage } from './token-usage.ts';

/** Gemini CLI's events. The same call is also a convention's event, which knows neither cache nor thoughts. */
export function noteGeminiLog(line: LogLine): readonly OtlpEvent['input'][] {
  const { attributes, session, mark } = line;
  switch (line.name) {
    case 'api_response':
      return [toCall(line)];
    case 'api_error':
      return [toFailedCall(line, { id: `gemini:otel:error:${session}:${mark}`, provider: 'google' })];
    case 'gen_ai.client.inference.operation.details':
      return detailsMessages(line, session);
    case 'tool_call': {
      const name = findText(attributes, 'function_name') ?? 'tool';
      return [toOperation(line, { id: `gemini:otel:tool:${session}:${mark}:${name}`, name, kind: 'tool' })];
    }
    case 'chat_compression':
      return [
        toOperation(line, {
          id: `gemini:otel:compact:${session}:${mark}`,
          name: 'compaction',
          kind: 'compact',
          tokensBefore: findCount(attributes, 'tokens_before'),
          tokensAfter: findCount(attributes, 'tokens_after'),
        }),
      ];
    default:
      return [];
  }
}

/** What was said in the call that an event describes; `within` is what the same words are one message in. */
export function detailsMessages(line: LogLine, within: string): readonly MessageInput[] {
  const { agent, session, ts, attributes } = line;
  return readMessages(attributes, { agent, session, startTs: ts, endTs: ts, within });
}

/** Thoughts are billed as output, prompts of tools as input; cached tokens are within input. */
function toCall(line: LogLine): UsageInput {
  const { attributes, ts, agent, session, mark } = line;
  const thoughts = findCount(attributes, 'thoughts_token_count') ?? 0;
  const usage = toUsage({
    input:
      (findCount(attributes, 'input_token_count') ?? 0) + (findCount(attributes, 'tool_token_count') ?? 0),
    output: (findCount(attributes, 'output_token_count') ?? 0) + thoughts,
    cacheRead: findCount(attributes, 'cached_content_token_count') ?? 0,
    cacheWrite: 0,
    reasoning: thoughts,
    isExclusive: false,
  });
  const latencyMs = durationOf(line);
  return {
    type: 'usage',
    id: toName(`gemini:otel:${session}:${mark}:${contextTokens(usage)}.${usage.outputTokens}`),
    ts,
    agent,
    session,
    provider: 'google',
    model: toName(findText(attributes, 'model') ?? 'unknown'),
    ...usage,
    ...(latencyMs !== null && { latencyMs }),
    attributes: keepAttributes(attributes, { user: findUser(attributes) }),
  };
}
