import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BoundedMap } from './bounded-map.ts';
import { BoundedQueue } from './bounded-queue.ts';
import { BudgetGuard } from './budget-guard.ts';
import { HistoryTrimmer } from './history-trimmer.ts';
import { pruneContext } from './prune-context.ts';
import { RunEmitter } from './run-emitter.ts';
import { SessionGuard } from './session-guard.ts';
import { SessionSemaphores } from './session-semaphores.ts';
import { assistant, user, words } from './testing/chat.ts';
import { timeOperation } from './time-operation.ts';
import { ToolRunner } from './tool-runner.ts';
import { UsageClient } from './usage-client.ts';

const broken = () => {
  throw new Error('the host is broken');
};
const rejected: unknown[] = [];
const note = (reason: unknown) => rejected.push(reason);

beforeEach(() => {
  rejected.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
  vi.useRealTimers();
});
/** Node tells of rejections nobody handles after the microtasks of a turn. */
const turnOfEvents = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

describe('a listener of the host that throws costs nothing but itself', () => {
  test('UsageClient goes on sending', async () => {
    const answers = [
      new Response('', { status: 500 }),
      Response.json({
        accepted: 0,
        results: [{ index: 0, id: 'a', status: 'rejected', code: 'x', message: 'm' }],
      }),
    ];
    const client = new UsageClient({
      url: 'http://127.0.0.1:1',
      key: 'k',
      retryBaseMs: 1,
      retryDelayMsMax: 1,
      fetch: async () => answers.shift() ?? Response.json({ accepted: 1, results: [] }),
      onTrouble: broken,
      onRejected: broken,
    });
    client.track({ type: 'heartbeat', id: 'a' });
    expect(await client.flush()).toEqual({ left: 0 });
    client.track({ type: 'heartbeat', id: 'b' });
    expect(await client.close()).toEqual({ left: 0 });
    await turnOfEvents();
    expect(client.report()).toMatchObject({ sent: 1, rejected: 1, retries: 1 });
    expect(rejected).toEqual([]);
  });

  test('a spill file that cannot be opened is told, and the client is made all the same', () => {
    const options = { url: 'http://127.0.0.1:1', key: 'k', spillFile: '/dev/null/none', onTrouble: broken };
    expect(new UsageClient(options).track({ type: 'heartbeat' })).toBe(true);
  });

  test('SessionSemaphores gives the turn on', async () => {
    const semaphores = new SessionSemaphores({ onOperation: broken });
    const all = [1, 2, 3].map((value) => semaphores.run('a', async () => value));
    expect(await Promise.all(all)).toEqual([1, 2, 3]);
    expect(semaphores.report()).toMatchObject({ running: 0, waiting: 0 });
    semaphores.close();
  });

  test('ToolRunner answers every call, also when a rule, a store or an argument breaks', async () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const runner = new ToolRunner({
      tools: {
        big: { run: () => ({ rows: Array.from({ length: 5_000 }, (_, id) => ({ id })) }), safe: true },
      },
      onOperation: broken,
      afterEach: broken,
      prune: { rules: [{ name: 'mine', apply: broken }], keep: broken },
    });
    const results = await runner.runAll([
      { id: '1', name: 'big', input: {} },
      { id: '2', name: 'big', input: circle },
    ]);
    expect(results.map(({ status }) => status)).toEqual(['ok', 'ok']);
  });

  test('timeOperation hands on what it was given', async () => {
    expect(await timeOperation('x', () => 7, { log: broken, onOperation: broken })).toBe(7);
  });

  test('histories are held, trimmed and pruned', async () => {
    const history = Array.from({ length: 60 }, (_, index) => [
      user(words(80, index)),
      assistant(words(80)),
    ]).flat();
    const guard = new SessionGuard({
      bytesMax: 8_000,
      summaryBytesMax: 1_000,
      onOperation: broken,
      keep: broken,
    });
    expect((await guard.fit(history)).report.fits).toBe(true);
    expect(new HistoryTrimmer({ pairsMax: 5, onOperation: broken }).trim(history)).toHaveLength(12);
    expect(pruneContext(history, { log: broken }).report.fits).toBe(true);
  });

  test('RunEmitter, BoundedMap and BoundedQueue go on', () => {
    const runs = new RunEmitter<string>({ onListenerError: broken });
    runs.on('r', broken);
    const heard: string[] = [];
    runs.on('r', (event) => heard.push(event));
    runs.emit('r', 'e');
    expect(heard).toEqual(['e']);
    runs.close();
    const map = new BoundedMap<string, number>({ sizeMax: 1, onEvict: broken });
    expect([...map.set('a', 1).set('b', 2).entries()]).toEqual([['b', 2]]);
    const queue = new BoundedQueue<number>({ sizeMax: 1, onDrop: broken });
    expect([queue.push(1), queue.push(2), queue.shift()]).toEqual([true, true, 2]);
  });

  test('BudgetGuard settles, and warns of nothing worse', async () => {
    const budgets = ['one', 'two'].map((name) => ({ name, tokensMax: 100, period: 'day' as const }));
    const guard = new BudgetGuard({ budgets, onWarning: broken });
    const hold = await guard.hold({ provider: 'p', model: 'm', inputTokens: 50, maxOutputTokens: 50 });
    await hold.settle({ inputTokens: 60, outputTokens: 30 });
    expect(guard.report().spend.map(({ spentTokens, heldTokens }) => [spentTokens, heldTokens])).toEqual([
      [90, 0],
      [90, 0],
    ]);
    const asked = new BudgetGuard({
      server: { url: 'http://127.0.0.1:1', key: 'k' },
      fetch: async (url) =>
        String(url).endsWith('/estimate')
          ? Response.json({ crosses: [{ name: 'b' }], warning: 'near' })
          : Response.json({}, { status: 201 }),
      onWarning: broken,
    });
    await asked.hold({ provider: 'p', model: 'm', inputTokens: 1, maxOutputTokens: 1 });
    await turnOfEvents();
    expect(rejected).toEqual([]);
  });
});

test('a budget is not talked out of its limit by counts that are none', async () => {
  const budgets = [
    { name: 'hard', tokensMax: 100, period: 'day' as const },
    { name: 'soft', tokensMax: 100, period: 'day' as const, hard: false },
  ];
  const guard = new BudgetGuard({ budgets });
  const plan = { provider: 'p', model: 'm', maxOutputTokens: 10 };
  for (const inputTokens of [Number.NaN, -1_000, Number.POSITIVE_INFINITY]) {
    await expect(guard.hold({ ...plan, inputTokens })).rejects.toThrow('hard');
  }
  const hold = await guard.hold({ ...plan, inputTokens: 40 });
  await hold.settle({ inputTokens: Number.NaN, outputTokens: 0 });
  const spent = guard.report().spend.map(({ spentTokens, heldTokens }) => [spentTokens, heldTokens]);
  expect(spent).toEqual([
    [50, 0],
    [50, 0],
  ]);
});

test('a cached result is not given to a session that did not ask, nor without approval', async () => {
  let isAllowed = true;
  const runner = new ToolRunner({
    tools: { mine: { run: (_, { session }) => `of ${session}`, safe: true, cacheMs: 60_000 } },
    approve: () => isAllowed,
  });
  const ask = async (session: string) =>
    (await runner.runAll([{ id: '1', name: 'mine', input: {} }], { session }))[0];
  expect(await ask('a')).toMatchObject({ content: 'of a', fromCache: false });
  expect(await ask('b')).toMatchObject({ content: 'of b', fromCache: false });
  expect(await ask('a')).toMatchObject({ content: 'of a', fromCache: true });
  isAllowed = false;
  expect(await ask('a')).toMatchObject({ status: 'denied' });
});

test('a call that is aborted while it waits for its rate limit leaves no timer', async () => {
  vi.useFakeTimers();
  const runner = new ToolRunner({
    tools: { search: { run: () => 'found', safe: true, callsPerMinute: 1 } },
    limitWaitMs: 120_000,
  });
  const calls = ['1', '2'].map((id) => ({ id, name: 'search', input: { id } }));
  const all = runner.runAll(calls);
  await vi.advanceTimersByTimeAsync(10);
  runner.close();
  expect((await all).map(({ status }) => status)).toEqual(['ok', 'aborted']);
  expect(vi.getTimerCount()).toBe(0);
});
