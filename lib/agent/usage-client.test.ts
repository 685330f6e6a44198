import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodeBatch } from '#lib/ingest/decode-batch.ts';
import { fakeIngest } from './testing/fake-ingest.ts';
import { UsageClient } from './usage-client.ts';
import type { TrackedEvent, UsageClientOptions } from './usage-client-options.ts';

const server = { url: 'http://plimsoll.test', key: 'key', agent: 'bot' };
const down = () => new Response('', { status: 503 });
const usage = (id: string): TrackedEvent => ({
  type: 'usage',
  id,
  provider: 'openai',
  model: 'gpt-5',
  inputTokens: 1,
  outputTokens: 1,
});

function makeClient(
  script: Parameters<typeof fakeIngest>[0] = [],
  options: Partial<UsageClientOptions> = {},
) {
  const ingest = fakeIngest(script);
  const client = new UsageClient({ ...server, fetch: ingest.fetch, random: () => 1, ...options });
  return { client, ...ingest };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('UsageClient', () => {
  test('events go in one batch after a second, with ids, times and the agent filled in', async () => {
    const { client, requests, events } = makeClient();
    client.track({ type: 'heartbeat', gauges: { queue: 1 } });
    client.track({ type: 'operation', name: 'read', kind: 'tool', durationMs: 5, agent: 'other' });
    await vi.advanceTimersByTimeAsync(999);
    expect(requests).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer key');
    const [first, second] = [...events.values()];
    expect(first).toMatchObject({
      agent: 'bot',
      ts: expect.stringMatching(/Z$/),
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(second).toMatchObject({ agent: 'other' });
    expect(client.report()).toMatchObject({ sent: 2, queued: 0, dropped: 0 });
  });

  test('what is sent is what the ingest contract takes', async () => {
    const { client, events } = makeClient();
    client.track(usage('u'));
    client.track({
      type: 'message',
      session: 's',
      role: 'tool',
      kind: 'tool_result',
      content: 'x',
      toolName: 't',
    });
    client.note({
      name: 'json',
      kind: 'prune',
      durationMs: 1.5,
      bytesBefore: 10,
      bytesAfter: 1,
      attributes: { a: [1] },
    });
    client.track({ type: 'heartbeat', gauges: { heapBytes: 1 } });
    await client.flush();
    const { items } = decodeBatch({
      bytes: Buffer.from(JSON.stringify({ events: [...events.values()] })),
      contentType: 'application/json',
      nowMs: Date.now(),
    });
    expect(items.filter((item) => 'error' in item)).toEqual([]);
    expect(items).toHaveLength(4);
  });

  test('a server that is down is asked again with the same ids, later each time, and each event counts once', async () => {
    const { client, requests, events } = makeClient([down(), new Error('refused'), null]);
    client.track(usage('a'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(499);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(requests.map(({ ids }) => ids)).toEqual([['a'], ['a'], ['a']]);
    expect([...events.keys()]).toEqual(['a']);
    expect(client.report()).toMatchObject({ sent: 1, retries: 2, lastTrouble: 'refused' });
  });

  test('Retry-After is honoured', async () => {
    const busy = new Response('', { status: 429, headers: { 'retry-after': '7' } });
    const { client, requests } = makeClient([busy]);
    client.track(usage('a'));
    await vi.advanceTimersByTimeAsync(1_000 + 6_999);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(requests).toHaveLength(2);
  });

  test('at the bound the oldest go, those on their way stay', async () => {
    const { client, events } = makeClient([down()], { queueMax: 3, batchMax: 2 });
    for (const id of ['a', 'b']) client.track(usage(id));
    await vi.advanceTimersByTimeAsync(0);
    for (const id of ['c', 'd', 'e']) expect(client.track(usage(id))).toBe(true);
    expect(client.report()).toMatchObject({ queued: 3, dropped: 2 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([...events.keys()]).toEqual(['a', 'b', 'e']);
  });

  test('or the newest go; or one waits for room', async () => {
    const newest = makeClient([down()], { queueMax: 2, whenFull: 'drop-newest' });
    expect(['a', 'b', 'c'].map((id) => newest.client.track(usage(id)))).toEqual([true, true, false]);
    const { client, events } = makeClient([down()], { queueMax: 1, whenFull: 'wait' });
    const sendAll = async () => {
      for (const id of ['a', 'b', 'c']) {
        await client.whenRoom();
        client.track(usage(id));
      }
    };
    const sending = sendAll();
    await vi.advanceTimersByTimeAsync(10_000);
    await sending;
    await client.flush();
    expect([...events.keys()]).toEqual(['a', 'b', 'c']);
    expect(client.report().dropped).toBe(0);
  });

  test('a wait for room ends with its signal', async () => {
    const { client } = makeClient([], { queueMax: 1 });
    client.track(usage('a'));
    const stop = new AbortController();
    const waiting = client.whenRoom(stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  test('a batch that is too large is halved until it fits', async () => {
    const tooLarge = () => new Response('', { status: 413 });
    const { client, requests, events } = makeClient([tooLarge(), tooLarge()], { batchMax: 4 });
    for (const id of ['a', 'b', 'c', 'd']) client.track(usage(id));
    await client.flush();
    expect(requests.map(({ ids }) => ids.length).slice(0, 3)).toEqual([4, 2, 1]);
    expect([...events.keys()]).toEqual(['a', 'b', 'c', 'd']);
  });

  test('what the server refuses is told and not sent again', async () => {
    const told: unknown[] = [];
    const refusal = { index: 0, id: 'bad', status: 'rejected', code: 'bad_text', message: 'no' };
    const partly = Response.json({ accepted: 1, results: [refusal] }, { status: 207 });
    const { client, requests } = makeClient([partly], { onRejected: (event) => told.push(event) });
    client.track(usage('bad'));
    client.track(usage('good'));
    await client.flush();
    expect(requests).toHaveLength(1);
    expect(told).toEqual([{ id: 'bad', code: 'bad_text', message: 'no' }]);
    expect(client.report()).toMatchObject({ sent: 1, rejected: 1 });
  });

  test('a wrong key loses nothing: it is said, and asked again in half a minute', async () => {
    const { client, events } = makeClient([new Response('', { status: 401 })]);
    client.track(usage('a'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.report().lastTrouble).toBe('status 401');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(events.size).toBe(1);
  });

  test('track never throws: what is no JSON is counted', () => {
    const { client } = makeClient();
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(
      client.track({
        type: 'operation',
        name: 'x',
        kind: 'other',
        durationMs: 1,
        attributes: cycle as never,
      }),
    ).toBe(false);
    expect(client.report().invalid).toBe(1);
  });

  test('flush gives up at its deadline; close stops everything and says what is left', async () => {
    const hang: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      );
    const client = new UsageClient({ ...server, fetch: hang });
    client.track(usage('a'));
    const flushed = client.flush(200);
    await vi.advanceTimersByTimeAsync(200);
    expect(await flushed).toEqual({ left: 1 });
    const closed = client.close(100);
    await vi.advanceTimersByTimeAsync(100);
    expect(await closed).toEqual({ left: 1 });
    expect(client.track(usage('b'))).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    [{ queueMax: 0 }, RangeError],
    [{ url: 'not an address' }, TypeError],
  ])('%o is refused before anything runs', (options, kind) => {
    expect(() => new UsageClient({ ...server, ...options })).toThrow(kind);
  });

  test('large batches are packed', async () => {
    vi.useRealTimers();
    const { client, requests, events } = makeClient();
    for (let index = 0; index < 100; index++) client.track(usage(`u${index}`));
    await client.close();
    expect(requests[0]?.headers.get('content-encoding')).toBe('gzip');
    expect(events.size).toBe(100);
  });
});

describe('the spill file', () => {
  let folder = '';
  beforeEach(() => {
    vi.useRealTimers();
    folder = mkdtempSync(path.join(tmpdir(), 'plimsoll-spill-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const segments = () => readdirSync(folder).filter((name) => !name.endsWith('.lock'));

  test('events of a process that ended without sending are sent by the next one, and the files go', async () => {
    const spillFile = path.join(folder, 'events');
    const first = makeClient([], { spillFile, batchWaitMs: 60_000 });
    for (const id of ['a', 'b', 'c']) first.client.track(usage(id));
    expect(segments()).toHaveLength(1);
    // As after a kill: nothing is flushed, the lock names a process that can be taken over.
    const second = makeClient([], { spillFile });
    second.client.track(usage('d'));
    await second.client.close();
    expect([...second.events.keys()]).toEqual(['a', 'b', 'c', 'd']);
    expect(segments()).toEqual([]);
    await first.client.close(0);
  });

  test('beyond the queue events wait on disk, in order, and none is lost', async () => {
    const { client, events, script } = makeClient([], {
      spillFile: path.join(folder, 'events'),
      queueMax: 10,
      retryBaseMs: 1,
      retryDelayMsMax: 1,
    });
    script.push(...Array.from({ length: 3 }, down));
    const ids = Array.from({ length: 2_000 }, (_, index) => `e${index}`);
    for (const id of ids) expect(client.track(usage(id))).toBe(true);
    expect(client.report()).toMatchObject({ queued: 10, onDisk: 1_990, dropped: 0 });
    expect((await client.close(20_000)).left).toBe(0);
    expect([...events.keys()]).toEqual(ids);
    expect(segments()).toEqual([]);
  });

  test('the disk has a bound too', () => {
    const { client } = makeClient([], { spillFile: path.join(folder, 'events'), spillBytesMax: 10_000 });
    const taken = Array.from({ length: 200 }, (_, index) => client.track(usage(`e${index}`))).filter(
      Boolean,
    ).length;
    expect(taken).toBeLessThan(100);
    expect(client.report().dropped).toBe(200 - taken);
  });

  test('a path that a live process holds is left alone, and it is said', async () => {
    const told: string[] = [];
    const spillFile = path.join(folder, 'events');
    writeFileSync(`${spillFile}.lock`, String(process.ppid));
    const { client, events } = makeClient([], { spillFile, onTrouble: (reason) => told.push(reason) });
    client.track(usage('a'));
    await client.close();
    expect(told[0]).toMatch(/process \d+ holds the spill file/);
    expect(events.size).toBe(1);
  });
});
