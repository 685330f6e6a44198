import { describe, expect, test } from 'vitest';
import type { JsonValue } from '#lib/http/json-value.ts';
import { makeLogs } from './testing/make-export.ts';
import { takeEvents } from './testing/take-events.ts';

type Given = Readonly<Record<string, JsonValue>>;

const claude = (...records: readonly Given[]) =>
  takeEvents(
    'logs',
    makeLogs(
      records.map((record) => ({ 'session.id': 's-1', ...record })),
      { scope: 'com.anthropic.claude_code.events', resource: { 'service.name': 'claude-code' } },
    ),
  );
const codex = (...records: readonly Given[]) =>
  takeEvents(
    'logs',
    makeLogs(
      records.map((record) => ({ 'conversation.id': 'c-1', model: 'gpt-5.4', ...record })),
      { scope: 'codex_otel.log_only' },
    ),
  );
const gemini = (...records: readonly Given[]) =>
  takeEvents(
    'logs',
    makeLogs(
      records.map((record) => ({ 'session.id': 'g-1', ...record })),
      { scope: 'gemini-cli' },
    ),
  );

describe('Claude Code', () => {
  const request = {
    'event.name': 'api_request',
    model: 'claude-opus-4-8',
    input_tokens: 25,
    output_tokens: 210,
    cache_read_tokens: 6_000,
    cache_creation_tokens: 1_500,
    request_id: 'req_1',
  };

  test('counts every attempt that failed as a call without tokens', () => {
    const error = {
      'event.name': 'api_error',
      model: 'claude-opus-4-8',
      error: 'overloaded',
      status_code: '529',
      duration_ms: '12',
    };
    const { calls } = claude({ ...error, 'event.sequence': 1 }, { ...error, 'event.sequence': 2 }, request);
    expect(calls).toMatchObject([
      { status: 'error', error: 'overloaded', inputTokens: 0, latencyMs: 12 },
      { status: 'error', inputTokens: 0 },
      { status: 'ok', inputTokens: 25, cacheReadTokens: 6_000, id: 'claude:otel:s-1:req_1' },
    ]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(3);
  });

  test('without a request id is told apart by the sequence of its events', () => {
    const { request_id: _, ...rest } = request;
    const { calls } = claude({ ...rest, 'event.sequence': 1 }, { ...rest, 'event.sequence': 2 });
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
  });

  test('of a sub-agent says so', () => {
    expect(claude({ ...request, query_source: 'subagent' }).calls[0]?.source).toBe('subagent');
  });

  test('has its tools under the ids that an import gives them, and its compactions', () => {
    const { operations } = claude(
      {
        'event.name': 'tool_result',
        tool_name: 'Bash',
        success: 'false',
        duration_ms: '31',
        tool_use_id: 'toolu_1',
      },
      {
        'event.name': 'compaction',
        trigger: 'auto',
        success: true,
        duration_ms: 900,
        pre_tokens: 160_000,
        post_tokens: 9_000,
      },
    );
    expect(operations).toMatchObject([
      { id: 'claude:tool:toolu_1', name: 'Bash', kind: 'tool', durationMs: 31, status: 'error' },
      { kind: 'compact', name: 'compaction (auto)', tokensBefore: 160_000, tokensAfter: 9_000, status: 'ok' },
    ]);
  });

  test('says what was said only where its user switched that on', () => {
    const told = { 'event.name': 'user_prompt', prompt: 'Hi', 'message.uuid': 'u-1' };
    const { messages } = claude(
      { 'event.name': 'user_prompt', prompt: '<REDACTED>' },
      { 'event.name': 'assistant_response', response: '<REDACTED>' },
      told,
      { 'event.name': 'assistant_response', response: 'Hello' },
    );
    expect(messages.map(({ role, content }) => [role, content])).toEqual([
      ['user', 'Hi'],
      ['assistant', 'Hello'],
    ]);
    expect(messages[0]?.id).toBe('u-1');
  });
});

describe('Codex', () => {
  const completed = { 'event.name': 'codex.sse_event', 'event.kind': 'response.completed' };

  test('says twice that a response is complete; the one with tokens is the call', () => {
    const { calls } = codex(completed, {
      ...completed,
      input_token_count: '2300',
      output_token_count: '140',
      cached_token_count: 2_048,
      reasoning_token_count: 64,
      'event.timestamp': '2026-11-21T04:09:25.269Z',
    });
    expect(calls).toMatchObject([
      {
        inputTokens: 252,
        cacheReadTokens: 2_048,
        outputTokens: 140,
        reasoningTokens: 64,
        model: 'gpt-5.4',
        agent: 'codex',
      },
    ]);
  });

  test('has failed requests', () => {
    const { calls } = codex(
      { 'event.name': 'codex.api_request', 'http.response.status_code': 200 },
      { 'event.name': 'codex.api_request', 'http.response.status_code': 429, duration_ms: '10' },
    );
    expect(calls).toMatchObject([{ status: 'error', error: 'HTTP 429', latencyMs: 10 }]);
  });

  test('has tools under the ids that an import gives them, with what they were given and said', () => {
    const result = {
      tool_name: 'shell',
      call_id: 'call_1',
      arguments: '{"command":["ls"]}',
      output: 'a b',
      success: 'true',
      duration_ms: '7',
    };
    const { operations, messages } = codex({ 'event.name': 'codex.tool_result', ...result });
    expect(operations).toMatchObject([
      { id: 'codex:tool:c-1:call_1', name: 'shell', durationMs: 7, status: 'ok' },
    ]);
    expect(messages.map(({ kind, content, toolName }) => [kind, content, toolName])).toEqual([
      ['tool_call', '{"command":["ls"]}', 'shell'],
      ['tool_result', 'a b', 'shell'],
    ]);
  });

  test('keeps the prompt to itself unless told otherwise', () => {
    const prompts = codex(
      { 'event.name': 'codex.user_prompt', prompt: '[REDACTED]' },
      { 'event.name': 'codex.user_prompt', prompt: 'Hi' },
    );
    expect(prompts.messages.map(({ content }) => content)).toEqual(['Hi']);
  });
});

describe('Gemini CLI', () => {
  test('bills thoughts as output, and the same call in the words of the convention is none', () => {
    const { calls } = gemini(
      {
        'event.name': 'gemini_cli.api_response',
        model: 'gemini-2.5-flash',
        input_token_count: 900,
        output_token_count: 70,
        cached_content_token_count: 512,
        thoughts_token_count: 30,
        tool_token_count: 5,
      },
      {
        'event.name': 'gen_ai.client.inference.operation.details',
        'gen_ai.operation.name': 'generate_content',
        'gen_ai.response.model': 'gemini-2.5-flash',
        'gen_ai.usage.input_tokens': 900,
        'gen_ai.usage.output_tokens': 70,
      },
    );
    expect(calls).toMatchObject([
      { inputTokens: 393, cacheReadTokens: 512, outputTokens: 100, reasoningTokens: 30 },
    ]);
  });

  test('has errors, tools and compressions', () => {
    const { calls, operations } = gemini(
      {
        'event.name': 'gemini_cli.api_error',
        model: 'gemini-2.5-flash',
        'error.message': 'quota',
        status_code: 429,
      },
      { 'event.name': 'gemini_cli.tool_call', function_name: 'read_file', success: true, duration_ms: 3 },
      { 'event.name': 'gemini_cli.chat_compression', tokens_before: 90, tokens_after: 30 },
    );
    expect(calls).toMatchObject([{ status: 'error', error: 'quota', provider: 'google' }]);
    expect(operations).toMatchObject([
      { name: 'read_file', kind: 'tool', durationMs: 3, status: 'ok' },
      { kind: 'compact', tokensBefore: 90, tokensAfter: 30 },
    ]);
  });
});

describe('other clients', () => {
  test('tell in events what was said, and not that a call was made', () => {
    const details = {
      'event.name': 'gen_ai.client.inference.operation.details',
      'gen_ai.operation.name': 'chat',
      'gen_ai.conversation.id': 'c',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }],
    };
    const { calls, messages } = takeEvents('logs', makeLogs([details]));
    expect(calls).toEqual([]);
    expect(messages).toMatchObject([{ role: 'user', content: 'Hi', session: 'c' }]);
  });

  test('may log whatever they like', () => {
    const nothing = { calls: [], messages: [], operations: [] };
    expect(takeEvents('logs', makeLogs([{}, { 'event.name': 'started' }, { error: {} }]))).toEqual(nothing);
  });
});

test('no metric is a call: logs and spans say the same', () => {
  const dataPoints = [{ asInt: '25', timeUnixNano: '1795234105241000000', attributes: [] }];
  const metrics = [{ name: 'claude_code.token.usage', sum: { dataPoints, aggregationTemporality: 1 } }];
  const body = { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] };
  expect(takeEvents('metrics', body)).toEqual({ calls: [], messages: [], operations: [] });
});
