import { generateText, streamText, wrapLanguageModel } from 'ai';
import { MockLanguageModelV3, simulateReadableStream } from 'ai/test';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aiSdkMiddleware } from './ai-sdk-middleware.ts';
import { BudgetExceeded } from './budget-error.ts';
import { createPlimsoll, type PlimsollOptions } from './create-plimsoll.ts';
import { call, result, type TestMessage, user, words } from './testing/chat.ts';
import { fakeIngest } from './testing/fake-ingest.ts';
import { gatewaySchema } from './testing/gateway-schema.ts';
import { wrapAnthropic, wrapOpenAI } from './wrap-client.ts';

function setUp(options: Partial<PlimsollOptions> = {}) {
  const ingest = fakeIngest();
  const plimsoll = createPlimsoll({
    url: 'http://plimsoll.test',
    key: 'key',
    agent: 'bot',
    session: 's1',
    budget: 'off',
    heartbeat: false,
    fetch: ingest.fetch,
    ...options,
  });
  const usage = async () => {
    await plimsoll.usage.flush();
    return [...ingest.events.values()].filter(({ type }) => type === 'usage');
  };
  return { plimsoll, usage, events: ingest.events };
}

const openAiAnswer = {
  model: 'gpt-5-2026',
  choices: [{ message: { role: 'assistant', content: 'hi' } }],
  usage: {
    prompt_tokens: 100,
    completion_tokens: 20,
    prompt_tokens_details: { cached_tokens: 60 },
    completion_tokens_details: { reasoning_tokens: 5 },
  },
};

class FakeOpenAi {
  readonly #secret = 'private';
  readonly asked: { messages: readonly TestMessage[] }[] = [];
  answer: unknown = openAiAnswer;
  readonly chat = {
    completions: {
      create: async (params: {
        messages: readonly TestMessage[];
        model: string;
        stream?: boolean;
      }): Promise<unknown> => {
        this.asked.push(params);
        if (this.answer instanceof Error) throw this.answer;
        return this.answer;
      },
    },
  };
  secret() {
    return this.#secret;
  }
}

async function* pieces(...all: unknown[]) {
  for (const piece of all) yield piece;
}

describe('a wrapped OpenAI client', () => {
  test('holds the session, sends what was used in disjoint parts, and is otherwise the client', async () => {
    const { plimsoll, usage } = setUp();
    const raw = new FakeOpenAi();
    const client = wrapOpenAI(raw, plimsoll);
    const messages = [
      user('?'),
      call('c', 'gateway', { action: 'config.schema' }),
      result('c', gatewaySchema()),
    ];
    const answer = await client.chat.completions.create({ model: 'gpt-5', messages });
    expect(answer).toBe(openAiAnswer);
    expect(JSON.stringify(raw.asked[0]?.messages).length).toBeLessThan(3_000);
    expect(messages[2]?.content.length).toBeGreaterThan(300_000);
    expect(await usage()).toEqual([
      expect.objectContaining({
        agent: 'bot',
        session: 's1',
        provider: 'openai',
        model: 'gpt-5-2026',
        requestedModel: 'gpt-5',
        status: 'ok',
        inputTokens: 40,
        cacheReadTokens: 60,
        outputTokens: 20,
        reasoningTokens: 5,
        inputIncludesCache: false,
      }),
    ]);
    expect(client.secret()).toBe('private');
    expect(client).toBeInstanceOf(FakeOpenAi);
  });

  test('a stream is handed on piece by piece, and counted at its end', async () => {
    const { plimsoll, usage } = setUp();
    const raw = new FakeOpenAi();
    raw.answer = pieces(
      { model: 'gpt-5', choices: [{ delta: { content: 'he' } }] },
      { choices: [{ delta: { content: 'llo' } }] },
      { choices: [], usage: { prompt_tokens: 7, completion_tokens: 2 } },
    );
    const stream = await wrapOpenAI(raw, plimsoll).chat.completions.create({
      model: 'gpt-5',
      messages: [user('hi')],
      stream: true,
    });
    const read: unknown[] = [];
    for await (const piece of stream as AsyncIterable<unknown>) read.push(piece);
    expect(read).toHaveLength(3);
    expect(await usage()).toEqual([
      expect.objectContaining({ inputTokens: 7, outputTokens: 2, ttftMs: expect.any(Number), status: 'ok' }),
    ]);
  });

  test('a stream that is left early is aborted, and what nobody counted is estimated', async () => {
    const { plimsoll, usage } = setUp();
    const raw = new FakeOpenAi();
    raw.answer = pieces({ choices: [{ delta: { content: 'x'.repeat(40) } }] }, { choices: [] });
    const stream = await wrapOpenAI(raw, plimsoll).chat.completions.create({
      model: 'gpt-5',
      messages: [user('hi')],
      stream: true,
    });
    for await (const _ of stream as AsyncIterable<unknown>) break;
    expect(await usage()).toEqual([
      expect.objectContaining({ status: 'aborted', outputTokens: 10, attributes: { estimated: true } }),
    ]);
  });

  test('a failure is handed on and counts as an error', async () => {
    const { plimsoll, usage } = setUp();
    const raw = new FakeOpenAi();
    raw.answer = new Error('429 too many');
    await expect(
      wrapOpenAI(raw, plimsoll).chat.completions.create({ model: 'gpt-5', messages: [user('hi')] }),
    ).rejects.toThrow('429 too many');
    expect(await usage()).toEqual([
      expect.objectContaining({ status: 'error', error: 'Error: 429 too many', inputTokens: 0 }),
    ]);
  });

  test('without room in a hard budget the model is not called', async () => {
    const { plimsoll } = setUp({ budget: [{ name: 'day', tokensMax: 5_000, period: 'day' }] });
    const raw = new FakeOpenAi();
    const client = wrapOpenAI(raw, plimsoll);
    await client.chat.completions.create({ model: 'gpt-5', messages: [user('hi')] });
    await expect(
      client.chat.completions.create({ model: 'gpt-5', messages: [user(words(2_000))] }),
    ).rejects.toThrow(BudgetExceeded);
    expect(raw.asked).toHaveLength(1);
    expect(plimsoll.budget?.report().spend[0]).toMatchObject({ spentTokens: 120, heldTokens: 0 });
  });

  test('what is no client is refused when it is wrapped', () => {
    expect(() => wrapOpenAI({}, setUp().plimsoll)).toThrow('plimsoll: there is no chat to wrap.');
  });
});

test('a wrapped Anthropic client counts cached tokens beside the input, and streams by its events', async () => {
  const { plimsoll, usage } = setUp();
  const usageOf = {
    input_tokens: 10,
    output_tokens: 1,
    cache_read_input_tokens: 500,
    cache_creation_input_tokens: 30,
    cache_creation: { ephemeral_1h_input_tokens: 20 },
  };
  const raw = {
    messages: {
      create: async (_: unknown) =>
        pieces(
          { type: 'message_start', message: { model: 'claude-opus-5', usage: usageOf } },
          { type: 'content_block_delta', delta: { text: 'hi' } },
          { type: 'message_delta', usage: { output_tokens: 9 } },
        ),
    },
  };
  const stream = await wrapAnthropic(raw, plimsoll, {
    session: (params) => String(params['model']),
  }).messages.create({ model: 'claude-opus-5', max_tokens: 100, messages: [], stream: true });
  for await (const _ of stream);
  expect(await usage()).toEqual([
    expect.objectContaining({
      provider: 'anthropic',
      session: 'claude-opus-5',
      inputTokens: 10,
      outputTokens: 9,
      cacheReadTokens: 500,
      cacheWriteTokens: { '5m': 10, '1h': 20 },
    }),
  ]);
});

describe('the AI SDK with the middleware', () => {
  const counted = {
    inputTokens: { total: 50, noCache: 20, cacheRead: 30, cacheWrite: undefined },
    outputTokens: { total: 8, text: 8, reasoning: undefined },
  };

  test('generateText sends a held prompt, and its usage is tracked', async () => {
    const { plimsoll, usage } = setUp();
    const model = new MockLanguageModelV3({
      provider: 'openai.chat',
      modelId: 'gpt-5',
      doGenerate: async () => ({
        content: [{ type: 'text', text: 'done' }],
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: counted,
        warnings: [],
      }),
    });
    const { text } = await generateText({
      model: wrapLanguageModel({ model, middleware: aiSdkMiddleware(plimsoll) }),
      messages: [
        { role: 'user', content: 'configure' },
        {
          role: 'assistant',
          content: [
            { type: 'tool-call', toolCallId: 'c', toolName: 'gateway', input: { action: 'config.schema' } },
          ],
        },
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              toolCallId: 'c',
              toolName: 'gateway',
              output: { type: 'json', value: JSON.parse(gatewaySchema()) },
            },
          ],
        },
      ],
    });
    expect(text).toBe('done');
    expect(JSON.stringify(model.doGenerateCalls[0]?.prompt).length).toBeLessThan(3_000);
    expect(await usage()).toEqual([
      expect.objectContaining({
        provider: 'openai',
        model: 'gpt-5',
        inputTokens: 20,
        cacheReadTokens: 30,
        outputTokens: 8,
        session: 's1',
      }),
    ]);
  });

  test('streamText is counted at its end', async () => {
    const { plimsoll, usage } = setUp();
    const model = new MockLanguageModelV3({
      provider: 'anthropic',
      modelId: 'claude-opus-5',
      doStream: async () => ({
        stream: simulateReadableStream({
          chunks: [
            { type: 'text-start', id: '1' },
            { type: 'text-delta', id: '1', delta: 'hello' },
            { type: 'text-end', id: '1' },
            { type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage: counted },
          ],
        }),
      }),
    });
    const streamed = streamText({
      model: wrapLanguageModel({ model, middleware: aiSdkMiddleware(plimsoll) }),
      prompt: 'hi',
    });
    expect(await streamed.text).toBe('hello');
    expect(await usage()).toEqual([
      expect.objectContaining({ model: 'claude-opus-5', outputTokens: 8, ttftMs: expect.any(Number) }),
    ]);
  });
});

describe('createPlimsoll', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('says that it is alive with gauges, and leaves no timer and no listener behind', async () => {
    const before = process.listenerCount('uncaughtExceptionMonitor');
    const { plimsoll, events } = setUp({ heartbeat: true });
    plimsoll.tools({ tools: {} });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([...events.values()][0]).toMatchObject({
      type: 'heartbeat',
      agent: 'bot',
      gauges: { queueDepth: 0, sessionsHeld: 0 },
    });
    await plimsoll.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(process.listenerCount('uncaughtExceptionMonitor')).toBe(before);
  });

  test('a context limit is applied where it is asked for, and told', async () => {
    const { plimsoll, events } = setUp();
    const chat = Array.from({ length: 20 }, (_, index) => user(`${index} ${words(300)}`));
    const held = await plimsoll.hold(chat, { session: 's2', context: { tokensMax: 1_000 } });
    expect(held.length).toBeLessThan(5);
    await plimsoll.usage.flush();
    expect([...events.values()]).toContainEqual(
      expect.objectContaining({ type: 'operation', name: 'context', kind: 'prune', session: 's2' }),
    );
  });
});
