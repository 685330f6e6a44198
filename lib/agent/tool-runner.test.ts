import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OperationNote } from './agent-event.ts';
import type { ToolCall, ToolDefinition } from './tool-call.ts';
import { ToolRunner, type ToolRunnerOptions } from './tool-runner.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const calls = (...names: string[]): readonly ToolCall[] =>
  names.map((name, index) => ({ id: `${index}`, name, input: {} }));
const slow = (ms: number, more: Partial<ToolDefinition> = {}): ToolDefinition => ({
  run: () => pass(ms).then(() => 'done'),
  ...more,
});

/** Runs to the end in fake time and tells how much of it that took. */
async function timed(options: ToolRunnerOptions, made: readonly ToolCall[]) {
  const runner = new ToolRunner(options);
  const startedMs = Date.now();
  let endedMs = 0;
  const all = runner.runAll(made).then((results) => {
    endedMs = Date.now();
    return results;
  });
  await vi.advanceTimersByTimeAsync(200_000);
  return { results: await all, ms: endedMs - startedMs, runner };
}

describe('ToolRunner', () => {
  test('safe calls run at once, and results keep the order of the calls', async () => {
    const tools = {
      a: slow(200, { safe: true }),
      b: slow(100, { safe: true }),
      c: slow(150, { safe: true }),
    };
    const { results, ms } = await timed({ tools }, calls('a', 'b', 'c'));
    expect(ms).toBe(200);
    expect(results.map(({ name, status }) => [name, status])).toEqual([
      ['a', 'ok'],
      ['b', 'ok'],
      ['c', 'ok'],
    ]);
  });

  test('calls that touch the same thing run in order; others go past them', async () => {
    const log: string[] = [];
    const write: ToolDefinition = {
      resources: (input) => [(input as { path: string }).path],
      run: async (input) => {
        log.push((input as { text: string }).text);
        await pass(100);
      },
    };
    const made = [
      ['x', '1'],
      ['x', '2'],
      ['y', '3'],
    ].map(([file, text], index) => ({ id: `${index}`, name: 'write', input: { path: file, text } }));
    const { ms } = await timed({ tools: { write } }, made);
    expect(log).toEqual(['1', '3', '2']);
    expect(ms).toBe(200);
  });

  test('a call that says nothing of what it touches runs alone', async () => {
    const { ms } = await timed(
      { tools: { look: slow(100, { safe: true }), exec: slow(100) } },
      calls('look', 'exec', 'look'),
    );
    expect(ms).toBe(300);
  });

  test('at most parallelMax at once', async () => {
    const { ms } = await timed(
      { tools: { a: slow(100, { safe: true }) }, parallelMax: 2 },
      calls('a', 'a', 'a', 'a', 'a'),
    );
    expect(ms).toBe(300);
  });

  test('a failure, a timeout, a refusal and an unknown tool are results, and do not stop the others', async () => {
    const tools = {
      fail: { run: () => Promise.reject(new Error('no such file')), safe: true },
      hang: { run: () => new Promise(() => {}), safe: true, timeoutMs: 500 },
      denied: slow(1, { safe: true }),
      fine: slow(1, { safe: true }),
    };
    const approve = ({ name }: ToolCall) => name !== 'denied';
    const { results } = await timed({ tools, approve }, calls('fail', 'hang', 'denied', 'nothing', 'fine'));
    expect(results.map(({ status }) => status)).toEqual(['error', 'timeout', 'denied', 'unknown', 'ok']);
    expect(results[0]?.content).toBe('fail failed (error): no such file');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a name that every object has is no tool', async () => {
    const { results } = await timed({ tools: {} }, calls('constructor'));
    expect(results[0]?.status).toBe('unknown');
  });

  test('a rate limit lets a call wait, and answers it as limited when the wait is too long', async () => {
    const tools = { search: slow(0, { safe: true, callsPerMinute: 2 }) };
    const patient = await timed({ tools, limitWaitMs: 40_000 }, calls('search', 'search', 'search'));
    expect(Math.round(patient.ms / 100) * 100).toBe(30_000);
    const hasty = await timed({ tools }, calls('search', 'search', 'search'));
    expect(hasty.results.map(({ status }) => status)).toEqual(['ok', 'ok', 'limited']);
  });

  test('a safe call is answered from the cache for a while', async () => {
    const run = vi.fn(() => 'answer');
    const runner = new ToolRunner({ tools: { find: { run, safe: true, cacheMs: 1_000 } } });
    const ask = (q: string) => runner.runAll([{ id: '1', name: 'find', input: { q } }]);
    await ask('a');
    expect((await ask('a'))[0]).toMatchObject({ content: 'answer', fromCache: true });
    await ask('b');
    expect(run).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1_001);
    await ask('a');
    expect(run).toHaveBeenCalledTimes(3);
    expect(runner.report()).toEqual({ calls: 4, cached: 1, byStatus: { ok: 4 } });
  });

  test('a long result is shortened, and both are told', async () => {
    const notes: OperationNote[] = [];
    const tools = {
      dump: { run: () => ({ rows: Array.from({ length: 5_000 }, (_, id) => ({ id })) }), safe: true },
    };
    const { results } = await timed({ tools, onOperation: (note) => notes.push(note) }, calls('dump'));
    expect(results[0]?.bytesBefore).toBeGreaterThan(40_000);
    expect(results[0]?.bytesAfter).toBeLessThan(2_100);
    expect(notes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['prune json', 'tool dump']);
  });

  test('close aborts what runs', async () => {
    const runner = new ToolRunner({ tools: { hang: { run: () => new Promise(() => {}) } } });
    const all = runner.runAll(calls('hang', 'hang'));
    await vi.advanceTimersByTimeAsync(1);
    runner.close();
    expect((await all).map(({ status }) => status)).toEqual(['aborted', 'aborted']);
    expect(vi.getTimerCount()).toBe(0);
  });
});
