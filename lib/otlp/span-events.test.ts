import { describe, expect, test } from 'vitest';
import type { JsonValue } from '#lib/http/json-value.ts';
import { type MadeSpan, madeTrace, makeTraces } from './testing/make-export.ts';
import { takeEvents } from './testing/take-events.ts';

const callsOf = (...spans: readonly MadeSpan[]) => takeEvents('traces', makeTraces(spans)).calls;

/** What the ledger has of the only call of an export with one span. */
function callOf(attributes: Readonly<Record<string, JsonValue>>, more: Partial<MadeSpan> = {}) {
  const calls = callsOf({ id: '1', attributes, ...more });
  expect(calls).toHaveLength(1);
  const [call] = calls;
  if (call === undefined) throw new Error('There is no call.');
  return call;
}

const chat = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-5',
  'gen_ai.usage.input_tokens': 100,
  'gen_ai.usage.output_tokens': 10,
} as const;

describe('every convention gives the same call', () => {
  const same = {
    model: 'm-1',
    inputTokens: 20,
    cacheReadTokens: 70,
    cacheWrite5mTokens: 10,
    outputTokens: 9,
  };
  test.each([
    [
      'of today',
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.response.model': 'm-1',
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.output_tokens': 9,
        'gen_ai.usage.cache_read.input_tokens': 70,
        'gen_ai.usage.cache_write.input_tokens': 10,
        'gen_ai.usage.reasoning.output_tokens': 4,
      },
    ],
    [
      'before the cache was renamed',
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.response.model': 'm-1',
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.output_tokens': 9,
        'gen_ai.usage.cache_read.input_tokens': 70,
        'gen_ai.usage.cache_creation.input_tokens': 10,
        'gen_ai.usage.output_tokens.reasoning': 4,
      },
    ],
    [
      'of the first days, in text',
      {
        'gen_ai.system': 'x',
        'gen_ai.request.model': 'm-1',
        'gen_ai.usage.prompt_tokens': '100',
        'gen_ai.usage.completion_tokens': '9',
        'gen_ai.usage.cache_read_input_tokens': '70',
        'gen_ai.usage.cache_creation_input_tokens': '10',
        'gen_ai.usage.reasoning.output_tokens': '4',
      },
    ],
    [
      'AI SDK 6',
      {
        'ai.operationId': 'ai.generateText.doGenerate',
        'ai.model.id': 'm-1',
        'ai.usage.inputTokens': 100,
        'ai.usage.outputTokens': 9,
        'ai.usage.inputTokenDetails.cacheReadTokens': 70,
        'ai.usage.inputTokenDetails.cacheWriteTokens': 10,
        'ai.usage.reasoningTokens': 4,
      },
    ],
    [
      'OpenInference',
      {
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'm-1',
        'llm.token_count.prompt': 100,
        'llm.token_count.completion': 9,
        'llm.token_count.prompt_details.cache_read': 70,
        'llm.token_count.prompt_details.cache_write': 10,
        'llm.token_count.completion_details.reasoning': 4,
      },
    ],
    [
      'Langfuse, whose buckets exclude each other',
      {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.model.name': 'm-1',
        'langfuse.observation.usage_details': JSON.stringify({
          input: 20,
          input_cached_tokens: 70,
          input_cache_creation: 10,
          output: 5,
          output_reasoning_tokens: 4,
          total: 109,
        }),
      },
    ],
    [
      'OpenClaw, whose input leaves the cache out',
      {
        'openclaw.model': 'm-1',
        'openclaw.tokens.input': 20,
        'openclaw.tokens.output': 9,
        'openclaw.tokens.cache_read': 70,
        'openclaw.tokens.cache_write': 10,
        'gen_ai.usage.reasoning.output_tokens': 4,
      },
      { name: 'openclaw.model.usage' },
    ],
    [
      'Traceloop around Anthropic, whose input leaves the cache out',
      {
        'llm.request.type': 'chat',
        'gen_ai.response.model': 'm-1',
        'gen_ai.usage.input_tokens': 20,
        'gen_ai.usage.output_tokens': 9,
        'gen_ai.usage.cache_read_input_tokens': 70,
        'gen_ai.usage.cache_creation_input_tokens': 10,
        'gen_ai.usage.reasoning.output_tokens': 4,
      },
      { scope: '@traceloop/instrumentation-anthropic' },
    ],
  ] as const)('%s', (_, attributes, more: Partial<MadeSpan> = {}) => {
    expect(callOf(attributes, more)).toMatchObject({ ...same, reasoningTokens: 4 });
  });

  test('more cached than input tokens prove that the cache is beside the input', () => {
    const call = callOf({
      ...chat,
      'gen_ai.usage.input_tokens': 25,
      'gen_ai.usage.cache_read.input_tokens': 7_500,
    });
    expect(call).toMatchObject({ inputTokens: 25, cacheReadTokens: 7_500 });
  });

  test('more reasoning than output tokens prove that they are beside the output', () => {
    expect(callOf({ ...chat, 'gen_ai.usage.reasoning.output_tokens': 30 }).outputTokens).toBe(40);
  });

  test('what Anthropic keeps for an hour is told apart, also where only its own answer says so', () => {
    const write = { ...chat, 'gen_ai.usage.cache_creation.input_tokens': 60 };
    const direct = callOf({ ...write, 'anthropic.usage.cache_creation.ephemeral_1h_input_tokens': 50 });
    expect([direct.cacheWrite5mTokens, direct.cacheWrite1hTokens]).toEqual([10, 50]);
    const usage = { cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 50 } };
    const inside = callOf({
      ...write,
      'ai.response.providerMetadata': JSON.stringify({ anthropic: { usage } }),
    });
    expect([inside.cacheWrite5mTokens, inside.cacheWrite1hTokens]).toEqual([10, 50]);
  });
});

describe('a call counts once', () => {
  const agent = {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'coder',
    'gen_ai.usage.input_tokens': 200,
  };

  test('a root that repeats the sum is none, even when it comes alone', () => {
    expect(callsOf({ id: '1', kind: 1, attributes: agent })).toEqual([]);
    const outer = { 'ai.operationId': 'ai.generateText', 'ai.usage.inputTokens': 200, 'ai.model.id': 'm' };
    expect(callsOf({ id: '1', attributes: outer })).toEqual([]);
  });

  test.each([
    'agent_step',
    'execute_tool',
    'invoke_workflow',
    'create_agent',
    'plan',
    'fetch_response',
    'update_memory',
  ])('%s is structure', (operation) => {
    expect(callsOf({ id: '1', attributes: { ...chat, 'gen_ai.operation.name': operation } })).toEqual([]);
  });

  test('an operation that nobody knows counts when it used tokens of a model', () => {
    const unheard = { ...chat, 'gen_ai.operation.name': 'transcribe' };
    expect(callsOf({ id: '1', attributes: unheard })).toMatchObject([{ inputTokens: 100 }]);
  });

  test('tokens without a model are the sum of a run', () => {
    const run = { 'gen_ai.usage.input_tokens': 200, 'gen_ai.usage.output_tokens': 20, model_name: 'gpt-5' };
    expect(callsOf({ id: '1', attributes: run })).toEqual([]);
  });

  test('an application may be called as those tools are', () => {
    expect(
      takeEvents('traces', makeTraces([{ id: '1', attributes: chat }], { 'service.name': 'codex-gateway' }))
        .calls,
    ).toHaveLength(1);
  });

  test('an agent behind an interface counts where nothing is below it', () => {
    const remote: MadeSpan = { id: '1', kind: 3, attributes: agent };
    expect(callsOf(remote)).toMatchObject([{ inputTokens: 200, agent: 'coder' }]);
    expect(callsOf(remote, { id: '2', parent: '1', attributes: chat })).toMatchObject([{ inputTokens: 100 }]);
  });

  test('of instrumentations around each other the innermost counts, with what those around it know', () => {
    const calls = callsOf(
      { id: '1', attributes: { 'openinference.span.kind': 'AGENT', 'session.id': 's-9', 'user.id': 'u-9' } },
      { id: '2', parent: '1', attributes: { ...chat, 'gen_ai.usage.input_tokens': 90 } },
      { id: '3', parent: '2', attributes: { ...chat, 'gen_ai.usage.input_tokens': 100 } },
    );
    expect(calls).toMatchObject([
      { inputTokens: 100, session: 's-9', attributes: expect.stringContaining('u-9') },
    ]);
  });

  test('an innermost span that does not know its tokens gives way to one that does', () => {
    const calls = callsOf(
      { id: '1', attributes: chat },
      { id: '2', parent: '1', attributes: { 'openinference.span.kind': 'LLM', 'llm.model_name': 'gpt-5' } },
    );
    expect(calls).toMatchObject([{ inputTokens: 100 }]);
  });

  test('two instrumentations that come in two exports have one id, by the id of the answer', () => {
    const answered = { ...chat, 'gen_ai.response.id': 'resp_1' };
    const [inner] = callsOf({ id: '2', parent: '1', attributes: answered });
    const [outer] = callsOf({ id: '1', attributes: { ...answered, 'llm.request.type': 'chat' } });
    expect(inner?.id).toBe(outer?.id);
  });

  test('a server that gives the same id to every answer does not make one call of them', () => {
    const answered = { ...chat, 'gen_ai.response.id': 'chatcmpl-1' };
    const calls = callsOf(
      { id: '1', attributes: answered },
      { id: '2', attributes: { ...answered, 'gen_ai.usage.input_tokens': 7 } },
    );
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
  });

  test('otherwise the id is that of the trace and the span', () => {
    expect(callOf(chat).id).toBe(`otel:${madeTrace}:0000000000000001`);
  });

  test.each([
    ['Claude Code', { name: 'claude_code.llm_request', scope: 'com.anthropic.claude_code.tracing' }],
    ['Codex', { name: 'handle_responses', scope: 'codex_exec' }],
    ['Gemini CLI', { name: 'llm_call', scope: 'gemini-cli' }],
    ['a call of OpenClaw, which its accounting repeats', { name: 'openclaw.model.call' }],
  ])('a span of %s is none: its events say the same', (_, more) => {
    expect(callsOf({ id: '1', attributes: chat, ...more })).toEqual([]);
  });

  test('spans that are their own ancestors are read', () => {
    const ring = [
      { id: '1', parent: '3', attributes: chat },
      { id: '2', parent: '1', attributes: {} },
      { id: '3', parent: '2', attributes: {} },
      { id: '4', parent: '4', attributes: chat },
    ];
    expect(callsOf(...ring)).toHaveLength(2);
  });
});

describe('a call without tokens', () => {
  test('that failed is an error, its key taken out of what the provider said', () => {
    const { 'gen_ai.usage.input_tokens': _, 'gen_ai.usage.output_tokens': __, ...asked } = chat;
    const error = `Incorrect API key provided: sk-proj-${'a1B2'.repeat(12)}`;
    const call = callOf({ ...asked, 'http.response.status_code': 401 }, { error });
    expect(call).toMatchObject({ status: 'error', inputTokens: 0, model: 'gpt-5' });
    expect(call.error).toContain('Incorrect API key');
    expect(call.error).not.toContain('a1B2a1B2');
    expect(JSON.parse(call.attributes ?? '{}')).toMatchObject({ 'otel.usage': 'unknown' });
  });

  test('that streamed is there, and said to be unknown', () => {
    const call = callOf({ 'openinference.span.kind': 'LLM', 'llm.model_name': 'gpt-5' });
    expect(call).toMatchObject({
      status: 'ok',
      attributes: expect.stringContaining('"otel.usage":"unknown"'),
    });
  });
});

describe('names', () => {
  test.each([
    ['anthropic.messages', 'anthropic'],
    ['openai.responses', 'openai'],
    ['gcp.vertex_ai', 'google'],
    ['gcp.gen_ai', 'google'],
    ['aws.bedrock', 'aws'],
    ['azure.ai.openai', 'azure'],
    ['x_ai', 'x-ai'],
    ['mistral_ai', 'mistral'],
    ['my-gateway', 'my-gateway'],
  ])('the provider %s is %s', (told, provider) => {
    expect(callOf({ ...chat, 'gen_ai.provider.name': told }).provider).toBe(provider);
    const { 'gen_ai.provider.name': _, ...old } = chat;
    expect(callOf({ ...old, 'gen_ai.system': told }).provider).toBe(provider);
  });

  test('a session that nobody tells is that of the trace, and says so', () => {
    const call = callOf(chat);
    expect(call.session).toBe(madeTrace);
    expect(JSON.parse(call.attributes ?? '{}')).toMatchObject({ 'otel.session': 'the trace' });
  });

  test.each([
    [{ 'gen_ai.conversation.id': 'c', 'session.id': 's' }, 'c'],
    [{ 'session.id': 's' }, 's'],
    [{ 'langfuse.session.id': 's' }, 's'],
    [{ 'traceloop.association.properties.session_id': 's' }, 's'],
    [{ 'ai.telemetry.metadata.sessionId': 's' }, 's'],
    [{ metadata: '{"sessionId":"s"}' }, 's'],
  ])('a session is found: %j', (attributes, session) => {
    expect(callOf({ ...chat, ...attributes }).session).toBe(session);
  });

  test('the agent is the one around the call, else the service', () => {
    expect(callOf(chat).agent).toBe('app');
    expect(callOf({ ...chat, 'ai.telemetry.functionId': 'summary' }).agent).toBe('summary');
  });

  test('no attribute that may be a secret or a text is kept with a call', () => {
    const kept = callOf({
      ...chat,
      'auth.token': 'secret',
      'gen_ai.input.messages': '[]',
      access_token: 'x',
    }).attributes;
    expect(kept).not.toContain('secret');
    expect(Object.keys(JSON.parse(kept ?? '{}')).sort()).toEqual([
      'gen_ai.operation.name',
      'gen_ai.request.model',
      'gen_ai.usage.input_tokens',
      'gen_ai.usage.output_tokens',
      'otel.scope',
      'otel.session',
      'otel.span_id',
      'otel.trace_id',
    ]);
  });
});

describe('times and money', () => {
  test('a call ends when its span ends and took as long as that', () => {
    const call = callOf(
      { ...chat, 'gen_ai.response.time_to_first_chunk': 0.05 },
      { startMs: 0, endMs: 2_500 },
    );
    expect(call).toMatchObject({ ts: '2026-11-21T12:00:02.500000Z', latencyMs: 2_500, ttftMs: 50 });
  });

  test.each([
    [{ 'gen_ai.usage.cost': 0.25 }, 250_000_000_000n],
    [{ cost_usd_micros: 19_625 }, 19_625_000_000n],
    [{ 'langfuse.observation.cost_details': '{"total":0.5}' }, 500_000_000_000n],
  ])('a cost that the client was told is kept: %j', (attributes, picoUsd) => {
    expect(callOf({ ...chat, ...attributes }).reportedCostPicoUsd).toBe(picoUsd);
  });
});

describe('what was said', () => {
  const said = (attributes: Readonly<Record<string, JsonValue>>) =>
    takeEvents('traces', makeTraces([{ id: '1', attributes: { ...chat, 'session.id': 's', ...attributes } }]))
      .messages;
  const shown = (attributes: Readonly<Record<string, JsonValue>>) =>
    said(attributes).map(({ role, kind, content, toolName }) => [role, kind, content, toolName]);

  test('in the form of AI SDK 6', () => {
    expect(
      shown({
        'ai.operationId': 'ai.streamText.doStream',
        'ai.prompt.messages': JSON.stringify([
          { role: 'system', content: 'Be kind.' },
          { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
        ]),
        'ai.response.text': 'Hello',
        'ai.response.toolCalls': '[{"toolCallId":"c","toolName":"weather","input":{"city":"Paris"}}]',
      }),
    ).toEqual([
      ['system', 'text', 'Be kind.', null],
      ['user', 'text', 'Hi', null],
      ['assistant', 'text', 'Hello', null],
      ['assistant', 'tool_call', '{"city":"Paris"}', 'weather'],
    ]);
  });

  test('by the span around the one that counts, where that does not tell', () => {
    const text = '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]';
    const { messages, calls } = takeEvents(
      'traces',
      makeTraces([
        { id: '1', attributes: { ...chat, 'gen_ai.input.messages': text } },
        { id: '2', parent: '1', attributes: chat },
      ]),
    );
    expect(calls).toHaveLength(1);
    expect(messages.map(({ content }) => content)).toEqual(['Hi']);
  });

  test('a result of a tool without the type that AI SDK 6 puts around it', () => {
    const output = { type: 'json', value: { c: 18 } };
    const content = [{ type: 'tool-result', toolCallId: 'c', toolName: 'weather', output }];
    const said = { 'ai.prompt.messages': JSON.stringify([{ role: 'tool', content }]) };
    expect(shown({ 'ai.operationId': 'ai.generateText.doGenerate', ...said })).toEqual([
      ['tool', 'tool_result', '{"c":18}', 'weather'],
    ]);
  });

  test('in the form of OpenInference and of OpenLLMetry', () => {
    const openInference = {
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.content': 'Hi',
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'weather',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"city":"Paris"}',
    };
    const openLlmetry = {
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': 'Hi',
      'gen_ai.completion.0.tool_calls.0.name': 'weather',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"city":"Paris"}',
    };
    const expected = [
      ['user', 'text', 'Hi', null],
      ['assistant', 'tool_call', '{"city":"Paris"}', 'weather'],
    ];
    expect(shown(openInference)).toEqual(expected);
    expect(shown(openLlmetry)).toEqual(expected);
  });

  test('thoughts, results of tools and pictures are told apart, instructions said once a session', () => {
    const call = {
      'gen_ai.system_instructions': '[{"type":"text","content":"Be kind."}]',
      'gen_ai.input.messages': JSON.stringify([
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'sunny' }] },
        { role: 'user', parts: [{ type: 'blob', mime_type: 'image/png', content: '' }] },
      ]),
      'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"reasoning","content":"Hm."}]}]',
    };
    expect(shown(call)).toEqual([
      ['system', 'text', 'Be kind.', null],
      ['tool', 'tool_result', 'sunny', null],
      ['user', 'text', '[blob, image/png]', null],
      ['assistant', 'thinking', 'Hm.', null],
    ]);
    const two = takeEvents(
      'traces',
      makeTraces(
        [1, 2].map((id) => ({ id: `${id}`, trace: `${id}`.repeat(32), attributes: { ...chat, ...call } })),
      ),
    );
    const system = two.messages.filter(({ role }) => role === 'system');
    expect(new Set(system.map(({ id }) => id)).size).toBe(1);
  });

  test.each([
    ['no JSON', '[{'],
    ['JSON of a million levels', '['.repeat(1_000_000)],
    ['a number', '7'],
    ['nothing of messages', '[1,null,{"role":7,"parts":{"a":1}},[]]'],
  ])('%s is no message and no fault', (_, text) => {
    expect(said({ 'gen_ai.input.messages': text })).toEqual([]);
  });
});

test.each([
  ['the convention', { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'grep' }],
  ['AI SDK 6', { 'ai.operationId': 'ai.toolCall', 'ai.toolCall.name': 'grep' }],
  ['OpenInference', { 'openinference.span.kind': 'TOOL', 'tool.name': 'grep' }],
  ['Traceloop', { 'traceloop.span.kind': 'tool', 'gen_ai.tool.name': 'grep' }],
  ['Langfuse', { 'langfuse.observation.type': 'tool', 'gen_ai.tool.name': 'grep' }],
])('a tool in the words of %s is an operation', (_, attributes) => {
  const { operations, calls } = takeEvents(
    'traces',
    makeTraces([{ id: '1', endMs: 40, error: 'no', attributes }]),
  );
  expect(calls).toEqual([]);
  expect(operations).toMatchObject([{ name: 'grep', kind: 'tool', durationMs: 40, status: 'error' }]);
});
