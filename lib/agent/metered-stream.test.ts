import { describe, expect, test } from 'vitest';
import { aiSdkMiddleware } from './ai-sdk-middleware.ts';
import { createPlimsoll, type Plimsoll } from './create-plimsoll.ts';
import { fakeIngest } from './testing/fake-ingest.ts';
import { wrapAnthropic, wrapOpenAI } from './wrap-client.ts';

/** As the streams of OpenAI's and Anthropic's SDKs are made: an iterator that all their methods ask, and a private field. */
class SdkStream<Piece> implements AsyncIterable<Piece> {
  readonly #owner: string = 'the client';
  readonly controller = new AbortController();
  private readonly iterator: () => AsyncIterator<Piece>;
  constructor(iterator: () => AsyncIterator<Piece>) {
    this.iterator = iterator;
  }
  [Symbol.asyncIterator](): AsyncIterator<Piece> {
    return this.iterator();
  }
  tee(): [SdkStream<Piece>, SdkStream<Piece>] {
    if (this.#owner === '') throw new Error('no owner');
    const whole = this.iterator();
    const left: Promise<IteratorResult<Piece>>[] = [];
    const right: Promise<IteratorResult<Piece>>[] = [];
    const side = (queue: typeof left) => () => ({
      next: () => {
        if (queue.length === 0) {
          const next = whole.next();
          left.push(next);
          right.push(next);
        }
        return queue.shift() ?? whole.next();
      },
    });
    return [new SdkStream(side(left)), new SdkStream(side(right))];
  }
  toReadableStream(): ReadableStream<Piece> {
    const iterator = this[Symbol.asyncIterator]();
    return new ReadableStream({
      async pull(controller) {
        const { value, done } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => void (await iterator.return?.()),
    });
  }
}

function streamOf(pieces: readonly unknown[], error?: Error): SdkStream<unknown> {
  return new SdkStream(async function* () {
    for (const piece of pieces) yield piece;
    if (error !== undefined) throw error;
  });
}

function setUp() {
  const ingest = fakeIngest();
  const plimsoll: Plimsoll = createPlimsoll({
    url: 'http://127.0.0.1:3000',
    key: 'k',
    agent: 'bot',
    budget: [{ name: 'day', tokensMax: 1_000_000, period: 'day' }],
    heartbeat: false,
    fetch: ingest.fetch,
  });
  const usage = async () => {
    await plimsoll.usage.flush();
    return [...ingest.events.values()].filter(({ type }) => type === 'usage');
  };
  const spend = () => plimsoll.budget?.report().spend[0];
  return { plimsoll, usage, spend };
}

const told = [
  { model: 'gpt-5', choices: [{ delta: { content: 'hello' } }] },
  { choices: [], usage: { prompt_tokens: 7, completion_tokens: 2 } },
];
const openai = (plimsoll: Plimsoll, answer: unknown) =>
  wrapOpenAI({ chat: { completions: { create: async (_: unknown) => answer } } }, plimsoll);
const anthropic = (plimsoll: Plimsoll, answer: unknown) =>
  wrapAnthropic({ messages: { create: async (_: unknown) => answer } }, plimsoll);
const asked = { model: 'gpt-5', messages: [{ role: 'user', content: 'hi' }], stream: true };
const start = {
  type: 'message_start',
  message: { model: 'claude-opus-5', usage: { input_tokens: 900, output_tokens: 1 } },
};

describe('a stream of an SDK is counted and its hold settled', () => {
  test.each([
    [
      'read piece by piece',
      async (stream: SdkStream<unknown>) => {
        for await (const _ of stream);
      },
    ],
    [
      'as a ReadableStream',
      async (stream: SdkStream<unknown>) => {
        for await (const _ of stream.toReadableStream());
      },
    ],
    [
      'as two',
      async (stream: SdkStream<unknown>) => {
        const [left, right] = stream.tee();
        for await (const _ of left);
        for await (const _ of right);
      },
    ],
  ])('%s', async (_, read) => {
    const { plimsoll, usage, spend } = setUp();
    await read((await openai(plimsoll, streamOf(told)).chat.completions.create(asked)) as SdkStream<unknown>);
    expect(await usage()).toEqual([
      expect.objectContaining({ inputTokens: 7, outputTokens: 2, status: 'ok' }),
    ]);
    expect(spend()).toMatchObject({ spentTokens: 9, heldTokens: 0 });
  });

  test('what was read before it broke is paid for, told with the failure', async () => {
    const { plimsoll, usage, spend } = setUp();
    const broken = streamOf([start], new Error('overloaded'));
    const stream = (await anthropic(plimsoll, broken).messages.create({
      ...asked,
      max_tokens: 10,
    })) as SdkStream<unknown>;
    await expect(async () => {
      for await (const _ of stream);
    }).rejects.toThrow('overloaded');
    expect(await usage()).toEqual([
      expect.objectContaining({
        inputTokens: 900,
        status: 'error',
        error: 'Error: overloaded',
        ttftMs: expect.any(Number),
      }),
    ]);
    expect(spend()).toMatchObject({ spentTokens: 901, heldTokens: 0 });
  });

  test('one that is aborted by the host is no error', async () => {
    const { plimsoll, usage } = setUp();
    const stopped = new DOMException('stopped', 'AbortError');
    const stream = (await openai(plimsoll, streamOf(told.slice(0, 1), stopped)).chat.completions.create(
      asked,
    )) as SdkStream<unknown>;
    await expect(async () => {
      for await (const _ of stream);
    }).rejects.toThrow('stopped');
    expect(await usage()).toEqual([expect.objectContaining({ status: 'aborted' })]);
  });

  test('a failure that comes as a piece of the stream counts as one', async () => {
    const { plimsoll, usage } = setUp();
    const failed = {
      type: 'response.failed',
      response: { error: { message: 'the model gave up' }, usage: { input_tokens: 5, output_tokens: 1 } },
    };
    const stream = (await openai(plimsoll, streamOf([failed])).chat.completions.create(
      asked,
    )) as SdkStream<unknown>;
    for await (const _ of stream);
    expect(await usage()).toEqual([
      expect.objectContaining({ status: 'error', error: 'the model gave up', inputTokens: 5 }),
    ]);
  });
});

describe('a stream of the AI SDK', () => {
  const stream = async (
    plimsoll: Plimsoll,
    parts: readonly unknown[],
    end: 'close' | Error | 'open' = 'close',
  ) => {
    const source = new ReadableStream<unknown>({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        if (end === 'close') controller.close();
        else if (end !== 'open') controller.error(end);
      },
    });
    const made = await aiSdkMiddleware(plimsoll).wrapStream({
      doStream: async () => ({ stream: source }),
      params: { prompt: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }] },
      model: { provider: 'openai.chat', modelId: 'gpt-5' },
    });
    return made.stream;
  };
  const delta = { type: 'text-delta', id: '1', delta: 'hello' };

  test('with an error among its parts failed, though it closes well', async () => {
    const { plimsoll, usage } = setUp();
    const finish = {
      type: 'finish',
      finishReason: { unified: 'error', raw: 'x' },
      usage: { inputTokens: { total: 5 }, outputTokens: { total: 2 } },
    };
    for await (const _ of await stream(plimsoll, [
      delta,
      { type: 'error', error: new Error('too hot') },
      finish,
    ]));
    expect(await usage()).toEqual([
      expect.objectContaining({ status: 'error', error: 'Error: too hot', outputTokens: 2 }),
    ]);
  });

  test('that breaks, or that nobody reads on, gives its hold back', async () => {
    const { plimsoll, usage, spend } = setUp();
    const broken = await stream(plimsoll, [], new Error('reset'));
    await expect(async () => {
      for await (const _ of broken);
    }).rejects.toThrow('reset');
    expect(spend()).toMatchObject({ spentTokens: 0, heldTokens: 0 });
    for await (const _ of await stream(plimsoll, [delta], 'open')) break;
    expect((await usage()).map(({ status }) => status)).toEqual(['error', 'aborted']);
    expect(spend()).toMatchObject({ heldTokens: 0 });
  });
});
